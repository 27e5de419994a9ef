package io.plateflow.models.image;

import io.plateflow.models.ModelException;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.BoundingBox;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.jspecify.annotations.Nullable;

/** Writes a picture, or a part of it, as JPEG. */
public final class JpegEncoder {

  private JpegEncoder() {}

  /**
   * @param region in pixels of the picture, cut to it; null means all of it
   * @param quality 1..100
   */
  public static byte[] encode(Pixels pixels, @Nullable BoundingBox region, int quality) {
    if (quality < 1 || quality > 100) {
      throw new IllegalArgumentException(
          "JPEG quality: found %d, expected 1..100".formatted(quality));
    }
    try (PixelView view = PixelView.of(pixels);
        Mat part = region == null ? view.whole() : view.part(PixelRegion.covering(region, pixels));
        BytePointer encoded = new BytePointer();
        IntPointer options = new IntPointer(opencv_imgcodecs.IMWRITE_JPEG_QUALITY, quality)) {
      if (!opencv_imgcodecs.imencode(".jpg", part, encoded, options)) {
        throw new ModelException(
            "Cannot encode JPEG: %dx%d".formatted(pixels.width(), pixels.height()));
      }
      byte[] bytes = new byte[Math.toIntExact(encoded.limit())];
      encoded.get(bytes);
      return bytes;
    }
  }
}
