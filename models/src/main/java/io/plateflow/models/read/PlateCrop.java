package io.plateflow.models.read;

import io.plateflow.models.image.PixelRegion;
import io.plateflow.models.image.PixelView;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.BoundingBox;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.indexer.DoubleIndexer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Cuts a plate out of a picture, grey, stretched to the reader's input and levelled. Only the
 * plate's own pixels are touched. Serves one thread.
 */
final class PlateCrop implements AutoCloseable {

  /** Bilinear skips pixels when it shrinks by more; area does not. */
  private static final double SHRINK = 1.5;

  // Training levels its crops by the same numbers (reader/levelling.py).
  private static final double STEEPEST = 0.7;
  private static final double ROOM = 0.7;

  private final int width;
  private final int height;
  private final Mat grey = new Mat();
  private final Mat stretched = new Mat();
  private final Mat level = new Mat();
  private final Mat shear = new Mat(2, 3, opencv_core.CV_64F);
  private final DoubleIndexer shearValues = shear.createIndexer();
  private final Size size;
  private final Size tallSize;
  private final Scalar unused = new Scalar();

  PlateCrop(int width, int height) {
    this.width = width;
    this.height = height;
    this.size = new Size(width, height);
    this.tallSize = new Size(width, height);
  }

  /**
   * @param margin parts of the box's width and height that are added on every side
   * @param slope of the text: rise over the crop's width in crop heights, downwards positive. A
   *     level plate needs less height than its sloping box had, so its letters come out larger.
   * @param into direct; gets the crop's grey values, 0..1, row by row
   */
  void write(Pixels pixels, BoundingBox box, double margin, double slope, FloatBuffer into) {
    PixelRegion region = region(pixels, box, margin);
    double believed = Math.max(-STEEPEST, Math.min(STEEPEST, slope));
    int tall = (int) Math.round(height / (1 - ROOM * Math.abs(believed)));
    try (PixelView view = PixelView.of(pixels);
        Mat cut = view.part(region);
        FloatPointer values = new FloatPointer(into);
        Mat input = new Mat(height, width, opencv_core.CV_32F, values)) {
      opencv_imgproc.cvtColor(cut, grey, opencv_imgproc.COLOR_BGR2GRAY);
      boolean shrinks = region.width() > width * SHRINK || region.height() > tall * SHRINK;
      opencv_imgproc.resize(
          grey,
          stretched,
          tallSize.height(tall),
          0,
          0,
          shrinks ? opencv_imgproc.INTER_AREA : opencv_imgproc.INTER_LINEAR);
      levelled(believed, tall).convertTo(input, opencv_core.CV_32F, 1 / 255.0, 0);
    }
  }

  /** Moves each column of what was stretched to {@code tall} so that the text lies level. */
  private Mat levelled(double slope, int tall) {
    if (tall == height) {
      return stretched;
    }
    double fall = slope * tall / width;
    shearValues.put(0, 0, 1, 0, 0);
    shearValues.put(1, 0, fall, 1, (tall - height) / 2.0 - fall * (width - 1) / 2);
    opencv_imgproc.warpAffine(
        stretched,
        level,
        shear,
        size,
        opencv_imgproc.INTER_LINEAR | opencv_imgproc.WARP_INVERSE_MAP,
        opencv_core.BORDER_REPLICATE,
        unused);
    return level;
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
    level.close();
    shearValues.close();
    shear.close();
    size.close();
    tallSize.close();
    unused.close();
  }
}
