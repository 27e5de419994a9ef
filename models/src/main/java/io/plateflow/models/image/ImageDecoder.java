package io.plateflow.models.image;

import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.frame.StillDecoder;
import io.plateflow.schemas.frame.UnreadableImageException;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Decodes JPEG, PNG, WebP and BMP with OpenCV into upright 8-bit BGR. Whatever could hurt is found
 * before decoding: the size in the header, the end of the bytes.
 */
public final class ImageDecoder implements StillDecoder {

  private static final long serialVersionUID = 1L;

  public static final long DEFAULT_MAX_PIXELS = 64_000_000;

  private final long maxPixels;

  public ImageDecoder() {
    this(DEFAULT_MAX_PIXELS);
  }

  /**
   * @param maxPixels largest width times height that is decoded
   */
  public ImageDecoder(long maxPixels) {
    if (maxPixels < 1) {
      throw new IllegalArgumentException(
          "Largest picture: found %d pixels, expected at least 1".formatted(maxPixels));
    }
    this.maxPixels = maxPixels;
  }

  @Override
  public Pixels decode(byte[] encoded) throws UnreadableImageException {
    ImageHeader header = ImageHeader.read(encoded);
    if ((long) header.width() * header.height() > maxPixels) {
      throw new UnreadableImageException(
          "Picture too large: found %dx%d, expected at most %d pixels"
              .formatted(header.width(), header.height(), maxPixels));
    }
    if (!TruncationCheck.isComplete(header.type(), encoded)) {
      throw new UnreadableImageException(
          "Truncated %s of %dx%d: found %d bytes without an end, expected the end marker"
              .formatted(header.type(), header.width(), header.height(), encoded.length));
    }
    return decodeWhole(encoded, header);
  }

  private static Pixels decodeWhole(byte[] encoded, ImageHeader header)
      throws UnreadableImageException {
    Mat decoded;
    try (BytePointer bytes = new BytePointer(encoded);
        Mat input = new Mat(1, encoded.length, opencv_core.CV_8UC1, bytes)) {
      // IMREAD_COLOR turns grey, 16-bit, CMYK and transparent pictures to 8-bit BGR, and upright.
      decoded = opencv_imgcodecs.imdecode(input, opencv_imgcodecs.IMREAD_COLOR);
    } catch (RuntimeException e) {
      throw new UnreadableImageException(
          "Cannot decode %s of %dx%d in %d bytes: %s"
              .formatted(
                  header.type(), header.width(), header.height(), encoded.length, e.getMessage()),
          e);
    }
    if (decoded == null || decoded.empty()) {
      if (decoded != null) {
        decoded.close();
      }
      throw new UnreadableImageException(
          "Cannot decode %s of %dx%d: its %d bytes are damaged"
              .formatted(header.type(), header.width(), header.height(), encoded.length));
    }
    // The picture keeps OpenCV's memory: freed on release, or with the picture by the collector.
    return new Pixels(decoded.createBuffer(), decoded.cols(), decoded.rows(), decoded::close);
  }
}
