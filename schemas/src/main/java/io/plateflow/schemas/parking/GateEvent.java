package io.plateflow.schemas.parking;

import io.plateflow.schemas.camera.Place;
import java.time.Instant;

/**
 * The entry or the exit of a visit.
 *
 * @param passId of the pass that showed it
 * @param plate as read there, normalised
 * @param at capture time
 * @param listed whether the plate was on the access list then
 */
public record GateEvent(String passId, String plate, Instant at, Place place, boolean listed) {

  public GateEvent withPlate(String newPlate) {
    return new GateEvent(passId, newPlate, at, place, listed);
  }
}
