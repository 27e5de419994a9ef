package io.plateflow.models.engine;

import io.plateflow.schemas.detection.PairedDetection;
import java.util.List;

/**
 * What one frame shows.
 *
 * @param vehicleMillis work spent on finding vehicles
 * @param plateMillis work spent on finding plates and pairing them
 */
public record FrameDetections(
    List<PairedDetection> detections, double vehicleMillis, double plateMillis) {
  public FrameDetections {
    detections = List.copyOf(detections);
  }
}
