package io.plateflow.jobs.parking;

import io.plateflow.clients.config.ConfigSection;
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
    Duration sameGateWithin, Duration longestStay, Duration settleAfter, double tolerance)
    implements Serializable {

  public static final ParkingConfig DEFAULT =
      new ParkingConfig(Duration.ofMinutes(2), Duration.ofHours(24), Duration.ofMinutes(30), 0.6);

  /** Reads the section {@code parking}; problems are noted there. */
  public static ParkingConfig parse(ConfigSection s) {
    Duration sameGate =
        s.duration(
            "same-gate-within", DEFAULT.sameGateWithin, Duration.ZERO, Duration.ofMinutes(30));
    Duration longest =
        s.duration(
            "longest-stay", DEFAULT.longestStay, Duration.ofMinutes(1), Duration.ofDays(365));
    Duration settle =
        s.duration("settle-after", DEFAULT.settleAfter, Duration.ZERO, Duration.ofDays(7));
    double tolerance = s.decimal("tolerance", DEFAULT.tolerance, 0, 3);
    return new ParkingConfig(sameGate, longest, settle, tolerance);
  }

  /** How long an ended visit may still change. */
  Duration unsettled() {
    return sameGateWithin.plus(settleAfter);
  }
}
