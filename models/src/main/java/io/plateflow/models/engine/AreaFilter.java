package io.plateflow.models.engine;

import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.Area;
import io.plateflow.schemas.geometry.BoundingBox;
import java.util.List;

/** Keeps what stands in a detection area: its centre or the middle of its lower edge lies in it. */
final class AreaFilter {

  // The lower edge of a cut object is the frame's edge, where no polygon counts as around it.
  private static final double WITHIN_PIXELS = 0.5;

  private AreaFilter() {}

  static List<Detection> keep(List<Detection> detections, List<Area> areas, Pixels frame) {
    if (areas.isEmpty()) {
      return detections;
    }
    return detections.stream()
        .filter(d -> areas.stream().anyMatch(area -> standsIn(d.box(), area, frame)))
        .toList();
  }

  private static boolean standsIn(BoundingBox box, Area area, Pixels frame) {
    double x = box.centreX() / frame.width();
    return area.contains(x, box.centreY() / frame.height())
        || area.contains(x, (box.y2() - WITHIN_PIXELS) / frame.height());
  }
}
