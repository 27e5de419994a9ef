package io.plateflow.models.read;

import io.plateflow.models.image.PixelRegion;
import io.plateflow.models.image.PixelView;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.BoundingBox;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Cuts a plate out of a picture, grey and stretched to the reader's input. Only the plate's own
 * pixels are touched. Serves one thread.
 */
final class PlateCrop implements AutoCloseable {

  /** Bilinear skips pixels when it shrinks by more; area does not. */
  private static final double SHRINK = 1.5;

  private final int width;
  private final int height;
  private final Size size;
  private final Mat grey = new Mat();
  private final Mat stretched = new Mat();

  PlateCrop(int width, int height) {
    this.width = width;
    this.height = height;
    this.size = new Size(width, height);
  }

  /**
   * @param margin parts of the box's width and height that are added on every side
   * @param into direct; gets the crop's grey values, 0..1, row by row
   */
  void write(Pixels pixels, BoundingBox box, double margin, FloatBuffer into) {
    PixelRegion region = region(pixels, box, margin);
    try (PixelView view = PixelView.of(pixels);
        Mat cut = view.part(region);
        FloatPointer values = new FloatPointer(into);
        Mat input = new Mat(height, width, opencv_core.CV_32F, values)) {
      opencv_imgproc.cvtColor(cut, grey, opencv_imgproc.COLOR_BGR2GRAY);
      boolean shrinks = region.width() > width * SHRINK || region.height() > height * SHRINK;
      opencv_imgproc.resize(
          grey,
          stretched,
          size,
          0,
          0,
          shrinks ? opencv_imgproc.INTER_AREA : opencv_imgproc.INTER_LINEAR);
      stretched.convertTo(input, opencv_core.CV_32F, 1 / 255.0, 0);
    }
  }

  private static PixelRegion region(Pixels pixels, BoundingBox box, double margin) {
    double dx = box.width() * margin;
    double dy = box.height() * margin;
    int left = within(box.x1() - dx, pixels.width() - 1);
    int top = within(box.y1() - dy, pixels.height() - 1);
    int right = within(box.x2() + dx, pixels.width());
    int bottom = within(box.y2() + dy, pixels.height());
    return new PixelRegion(left, top, Math.max(1, right - left), Math.max(1, bottom - top));
  }

  private static int within(double edge, int most) {
    return (int) Math.max(0, Math.min(most, Math.round(edge)));
  }

  @Override
  public void close() {
    grey.close();
    stretched.close();
    size.close();
  }
}
