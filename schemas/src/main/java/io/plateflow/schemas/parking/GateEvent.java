package io.plateflow.schemas.parking;

import java.time.Instant;

/**
 * The entry or the exit of a visit.
 *
 * @param passId of the pass that showed it
 * @param plate as read there, normalised
 * @param at capture time
 * @param timezone of the place, IANA name
 * @param listed whether the plate was on the access list then
 */
public record GateEvent(
    String passId,
    String plate,
    Instant at,
    String location,
    String timezone,
    String cameraId,
    boolean listed) {

  public GateEvent withPlate(String newPlate) {
    return new GateEvent(passId, newPlate, at, location, timezone, cameraId, listed);
  }
}
