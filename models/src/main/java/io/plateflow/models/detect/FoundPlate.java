package io.plateflow.models.detect;

import io.plateflow.models.image.PixelRegion;
import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.frame.Pixels;

/**
 * A plate as one crop showed it.
 *
 * @param cut whether the crop's edge runs through it, so that another crop may show more
 */
public record FoundPlate(Detection detection, boolean cut) {

  // Detectors rarely put an edge nearer than this to where the picture ends.
  private static final double EDGE_PIXELS = 2;

  public static FoundPlate in(PixelRegion crop, Pixels frame, Detection detection) {
    var box = detection.box();
    boolean cut =
        crop.x() > 0 && box.x1() < crop.x() + EDGE_PIXELS
            || crop.y() > 0 && box.y1() < crop.y() + EDGE_PIXELS
            || crop.x() + crop.width() < frame.width()
                && box.x2() > crop.x() + crop.width() - EDGE_PIXELS
            || crop.y() + crop.height() < frame.height()
                && box.y2() > crop.y() + crop.height() - EDGE_PIXELS;
    return new FoundPlate(detection, cut);
  }

  /** Which of two boxes of the same plate is kept: the higher. */
  double rank() {
    return cut ? detection.score() / 2 : detection.score();
  }
}
