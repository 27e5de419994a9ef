package io.plateflow.jobs.track;

import io.plateflow.schemas.detection.PairedDetection;
import io.plateflow.schemas.plate.PlateAttributes;
import io.plateflow.schemas.plate.PlateRead;
import java.time.Instant;

/**
 * One frame's view of one track.
 *
 * @param read null where the plate was not read in this frame
 * @param attributes null where the plate was not read in this frame
 * @param millis work spent on this frame: detection and reading
 */
public record Sighting(
    Instant capturedAt,
    int frameWidth,
    int frameHeight,
    PairedDetection detection,
    PlateRead read,
    PlateAttributes attributes,
    double millis) {

  /**
   * A vehicle that comes nearer shows a little better in every frame; not each is worth keeping.
   */
  private static final double WORTH_KEEPING = 1.1;

  /** Whether this frame is worth keeping in place of that one. */
  boolean isBetterThan(Sighting kept) {
    boolean wasRead = kept.quality() > 1;
    return quality() > (wasRead ? 1 : WORTH_KEEPING) * kept.quality();
  }

  /** How well this frame shows what it shows: a sure read first, then a large, sure vehicle. */
  double quality() {
    double seen =
        detection.vehicle() == null
            ? detection.plate().score()
            : detection.vehicle().score()
                * Math.sqrt(detection.vehicle().box().area() / ((double) frameWidth * frameHeight));
    return read == null || read.isEmpty() ? seen * 1e-3 : 1 + read.confidence();
  }
}
