package io.plateflow.jobs.track;

import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.detection.PairedDetection;
import io.plateflow.schemas.plate.PlateAttributes;
import io.plateflow.schemas.plate.PlateRead;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
    @Nullable PlateRead read,
    @Nullable PlateAttributes attributes,
    double millis) {

  /**
   * A vehicle that comes nearer shows a little better in every frame; not each is worth keeping.
   */
  private static final double WORTH_KEEPING = 1.1;

  /** The plate; for frames whose plate was read, or that show nothing else. */
  Detection requirePlate() {
    return Objects.requireNonNull(detection.plate(), "no plate in this frame");
  }

  /** The read; for frames whose plate was read. */
  PlateRead requireRead() {
    return Objects.requireNonNull(read, "the plate was not read in this frame");
  }

  /** Whether this frame is worth keeping in place of that one. */
  boolean isBetterThan(Sighting kept) {
    boolean wasRead = kept.quality() > 1;
    return quality() > (wasRead ? 1 : WORTH_KEEPING) * kept.quality();
  }

  /** How well this frame shows what it shows: a sure read first, then a large, sure vehicle. */
  double quality() {
    Detection vehicle = detection.vehicle();
    double seen =
        vehicle == null
            ? requirePlate().score()
            : vehicle.score()
                * Math.sqrt(vehicle.box().area() / ((double) frameWidth * frameHeight));
    return read == null || read.isEmpty() ? seen * 1e-3 : 1 + read.confidence();
  }
}
