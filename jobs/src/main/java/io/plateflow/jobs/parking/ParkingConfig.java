package io.plateflow.jobs.parking;

import io.plateflow.schemas.config.DurationRange;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.io.Serializable;
import java.time.Duration;

/**
 * How passes become visits.
 *
 * @param sameGateWithin passes of a vehicle at one kind of gate that follow each other within this
 *     are one: a vehicle before a barrier is seen twice, but enters once
 * @param longestStay a vehicle that was not seen to leave for so long has left unseen
 * @param settleAfter how far passes of one plate may arrive out of order, and how late a pass may
 *     be corrected, in the time of the cameras; ended visits stay in state for so long
 * @param tolerance largest confusion-weighted distance between the reads at entry and exit
 */
public record ParkingConfig(
    @DurationRange(max = "30m") Duration sameGateWithin,
    @DurationRange(min = "1m", max = "365d") Duration longestStay,
    @DurationRange(max = "7d") Duration settleAfter,
    @DecimalMin("0") @DecimalMax("3") double tolerance)
    implements Serializable {

  public static final ParkingConfig DEFAULT =
      new ParkingConfig(Duration.ofMinutes(2), Duration.ofHours(24), Duration.ofMinutes(30), 0.6);

  /** How long an ended visit may still change. */
  Duration unsettled() {
    return sameGateWithin.plus(settleAfter);
  }
}
