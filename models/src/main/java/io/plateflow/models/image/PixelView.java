package io.plateflow.models.image;

import io.plateflow.schemas.frame.Pixels;
import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.opencv_core.Mat;

/** OpenCV's view of a picture: headers over the same bytes, nothing is copied. */
public final class PixelView implements AutoCloseable {

  static {
    // Frames of many cameras keep the cores busy already; splitting one frame's work only adds to
    // it.
    opencv_core.setNumThreads(1);
  }

  private final BytePointer bytes;
  private final long step;
  private final int width;
  private final int height;

  private PixelView(BytePointer bytes, int width, int height) {
    this.bytes = bytes;
    this.step = 3L * width;
    this.width = width;
    this.height = height;
  }

  /** The view holds the buffer; the picture must not be released while it is in use. */
  public static PixelView of(Pixels pixels) {
    ByteBuffer start = pixels.bgr().duplicate();
    start.clear();
    return new PixelView(new BytePointer(start), pixels.width(), pixels.height());
  }

  public Mat whole() {
    return part(new PixelRegion(0, 0, width, height));
  }

  /** A header over a part; the caller closes it, before this view. */
  public Mat part(PixelRegion region) {
    if (region.x() + region.width() > width || region.y() + region.height() > height) {
      throw new IllegalArgumentException(
          "Region outside the picture: found %s in %dx%d".formatted(region, width, height));
    }
    try (BytePointer start = bytes.getPointer(region.y() * step + 3L * region.x())) {
      return new Mat(region.height(), region.width(), opencv_core.CV_8UC3, start, step);
    }
  }

  @Override
  public void close() {
    bytes.close();
  }
}
