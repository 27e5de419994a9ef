package io.plateflow.models.engine;

import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.Area;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.geometry.DetectionAreas;
import java.util.List;

/** Keeps what stands in the detection areas of one frame and is not covered by ignored ones. */
final class AreaFilter {

  // The lower edge of a cut object is the frame's edge, where no polygon counts as around it.
  private static final double WITHIN_PIXELS = 0.5;

  private final DetectionAreas areas;
  private final Pixels frame;

  AreaFilter(DetectionAreas areas, Pixels frame) {
    this.areas = areas;
    this.frame = frame;
  }

  /** Those whose centre or middle of the lower edge lies in an area, and that are not ignored. */
  List<Detection> keep(List<Detection> detections) {
    List<Detection> seen = notIgnored(detections);
    return areas.within().isEmpty()
        ? seen
        : seen.stream()
            .filter(d -> areas.within().stream().anyMatch(area -> standsIn(d.box(), area)))
            .toList();
  }

  /** Those that are not ignored, wherever they stand: what belongs to a vehicle that was kept. */
  List<Detection> notIgnored(List<Detection> detections) {
    return areas.ignored().isEmpty()
        ? detections
        : detections.stream()
            .filter(d -> !areas.ignores(d.box(), frame.width(), frame.height()))
            .toList();
  }

  private boolean standsIn(BoundingBox box, Area area) {
    double x = box.centreX() / frame.width();
    return area.contains(x, box.centreY() / frame.height())
        || area.contains(x, (box.y2() - WITHIN_PIXELS) / frame.height());
  }
}
