package io.plateflow.clients.camera.testing;

import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.frame.StillDecoder;
import io.plateflow.schemas.frame.UnreadableImageException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.imageio.ImageIO;

/** Decodes with what the JDK has; a JPEG without an end is refused. */
public final class ImageIoStillDecoder implements StillDecoder {

  private static final long serialVersionUID = 1L;

  @Override
  public Pixels decode(byte[] encoded) throws UnreadableImageException {
    boolean jpeg = (encoded[0] & 0xff) == 0xff;
    if (jpeg
        && ((encoded[encoded.length - 2] & 0xff) != 0xff
            || (encoded[encoded.length - 1] & 0xff) != 0xd9)) {
      throw new UnreadableImageException("found a JPEG without its end");
    }
    try {
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(encoded));
      ByteBuffer bgr = ByteBuffer.allocateDirect(image.getWidth() * image.getHeight() * 3);
      for (int y = 0; y < image.getHeight(); y++) {
        for (int x = 0; x < image.getWidth(); x++) {
          int rgb = image.getRGB(x, y);
          bgr.put((byte) rgb).put((byte) (rgb >> 8)).put((byte) (rgb >> 16));
        }
      }
      return new Pixels(bgr, image.getWidth(), image.getHeight());
    } catch (IOException e) {
      throw new UnreadableImageException("found damage", e);
    }
  }
}
