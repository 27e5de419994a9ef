package io.plateflow.schemas.pass;

import io.plateflow.schemas.camera.Place;
import io.plateflow.schemas.detection.Pairing;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was recorded of a pass before people corrected it.
 *
 * @param revision that the pass has without corrections
 * @param vehicle null for a plate without a vehicle
 * @param plate null for a vehicle without a plate
 * @param listed whether that plate is on a list
 * @param correctedAt when it was last corrected
 * @param correctedBy who did, or null
 */
public record AsRead(
    int revision,
    Place place,
    Pairing pairing,
    @Nullable PassVehicle vehicle,
    @Nullable PassPlate plate,
    boolean listed,
    Instant correctedAt,
    @Nullable String correctedBy) {

  /** The text of the plate; empty where none was read. */
  public String plateText() {
    return plate == null ? "" : plate.text();
  }

  /** The same with the plate told otherwise. */
  public AsRead withPlate(PassPlate newPlate) {
    return new AsRead(
        revision, place, pairing, vehicle, newPlate, listed, correctedAt, correctedBy);
  }

  /** The same, with what the lists say of the plate that was read. */
  public AsRead withListed(boolean nowListed) {
    return new AsRead(
        revision, place, pairing, vehicle, plate, nowListed, correctedAt, correctedBy);
  }
}
