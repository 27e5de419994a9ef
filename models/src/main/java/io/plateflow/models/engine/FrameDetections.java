package io.plateflow.models.engine;

import io.plateflow.schemas.detection.PairedDetection;
import java.util.List;

/**
 * What one frame shows.
 *
 * @param vehicleMillis work spent on finding vehicles
 * @param plateMillis work spent on finding plates and pairing them
 * @param batch frames that were worked on together, this one among them
 */
public record FrameDetections(
    List<PairedDetection> detections, double vehicleMillis, double plateMillis, int batch) {
  public FrameDetections {
    detections = List.copyOf(detections);
  }

  /** Of a frame that was worked on alone. */
  public FrameDetections(
      List<PairedDetection> detections, double vehicleMillis, double plateMillis) {
    this(detections, vehicleMillis, plateMillis, 1);
  }
}
