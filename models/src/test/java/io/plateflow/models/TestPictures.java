package io.plateflow.models;

import io.plateflow.schemas.frame.Pixels;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Pictures and models of the tests. */
public final class TestPictures {

  private TestPictures() {}

  /** A black picture. */
  public static Pixels black(int width, int height) {
    return new Pixels(ByteBuffer.allocateDirect(3 * width * height), width, height);
  }

  /** Paints a rectangle of one colour. */
  public static Pixels paint(
      Pixels pixels, int left, int top, int width, int height, int red, int green, int blue) {
    for (int y = top; y < top + height; y++) {
      for (int x = left; x < left + width; x++) {
        int at = 3 * (y * pixels.width() + x);
        pixels.bgr().put(at, (byte) blue).put(at + 1, (byte) green).put(at + 2, (byte) red);
      }
    }
    return pixels;
  }

  public static byte[] bytes(String resource) {
    try (InputStream in = TestPictures.class.getResourceAsStream(resource)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Path file(String resource) {
    try {
      return Path.of(TestPictures.class.getResource(resource).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
