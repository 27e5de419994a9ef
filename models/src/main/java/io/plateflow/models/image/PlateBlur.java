package io.plateflow.models.image;

import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.BoundingBox;
import java.nio.ByteBuffer;
import java.util.List;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * Makes plates unreadable in a copy of a picture. A plate is shrunk to a few averages and enlarged
 * again: fewer values than it has characters, so nothing can bring them back, which a blur of known
 * strength would allow.
 *
 * <p>Keeps the copy for the next picture; used by one thread.
 */
public final class PlateBlur {

  private static final int COLUMNS = 4;
  private static final int ROWS = 2;

  /** Detectors cut letters off. */
  private static final double MARGIN = 0.15;

  private ByteBuffer copy = ByteBuffer.allocateDirect(0);

  /**
   * @param plates in pixels of the picture
   * @return the copy, to be used before the next call; the picture itself where there is no plate
   */
  public Pixels blurred(Pixels pixels, List<BoundingBox> plates) {
    if (plates.isEmpty()) {
      return pixels;
    }
    int bytes = 3 * pixels.width() * pixels.height();
    if (copy.capacity() < bytes) {
      copy = ByteBuffer.allocateDirect(bytes);
    }
    copy.put(0, pixels.bgr(), 0, bytes);
    Pixels hidden = new Pixels(copy, pixels.width(), pixels.height());
    try (PixelView view = PixelView.of(hidden)) {
      for (BoundingBox plate : plates) {
        double margin = MARGIN * plate.width();
        hide(
            view,
            PixelRegion.covering(
                plate.padded(margin, margin, pixels.width(), pixels.height()), pixels));
      }
    }
    return hidden;
  }

  private static void hide(PixelView view, PixelRegion region) {
    try (Mat part = view.part(region);
        Mat averages = new Mat();
        Size few = new Size(COLUMNS, ROWS);
        Size all = new Size(region.width(), region.height())) {
      opencv_imgproc.resize(part, averages, few, 0, 0, opencv_imgproc.INTER_AREA);
      // Into the same memory: the sizes are equal, so nothing is allocated anew.
      opencv_imgproc.resize(averages, part, all, 0, 0, opencv_imgproc.INTER_LINEAR);
    }
  }
}
