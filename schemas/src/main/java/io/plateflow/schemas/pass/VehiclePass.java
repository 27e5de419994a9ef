package io.plateflow.schemas.pass;

import io.plateflow.schemas.camera.Place;
import io.plateflow.schemas.detection.DetectionType;
import io.plateflow.schemas.detection.Pairing;
import io.plateflow.schemas.status.StatusMatch;
import org.jspecify.annotations.Nullable;

/**
 * One physical pass before one camera.
 *
 * @param passId derived from camera, capture time of the first frame and track number: the same in
 *     every replay
 * @param revision 0 as the rungs of this machine read it, and one more for every correction: of two
 *     versions of a pass the higher holds, of equal ones the later
 * @param vehicle null for a plate without a vehicle
 * @param plate null for a vehicle without a plate
 * @param match null where the plate is on no list
 * @param direction which way the vehicle went as the camera sees it: {@code towards}, {@code away},
 *     {@code left}, {@code right} or {@code standing}
 */
public record VehiclePass(
    String passId,
    int revision,
    Place place,
    Period seen,
    PassFrame frame,
    Pairing pairing,
    @Nullable PassVehicle vehicle,
    @Nullable PassPlate plate,
    @Nullable StatusMatch match,
    Evidence evidence,
    String direction) {

  public VehiclePass {
    if (vehicle == null && plate == null) {
      throw new IllegalArgumentException(
          "Pass %s: found neither vehicle nor plate, expected one".formatted(passId));
    }
  }

  public DetectionType type() {
    if (vehicle == null) {
      return DetectionType.PLATE_WITHOUT_VEHICLE;
    }
    return plate == null ? DetectionType.VEHICLE_WITHOUT_PLATE : DetectionType.VEHICLE_WITH_PLATE;
  }

  public String cameraId() {
    return place.cameraId();
  }

  /** The text of the plate; empty where none was read. */
  public String plateText() {
    return plate == null ? "" : plate.text();
  }

  /** The class of the vehicle; null for a plate without a vehicle. */
  public @Nullable String vehicleClass() {
    return vehicle == null ? null : vehicle.vehicleClass();
  }

  /** The next revision, with another reading of the plate; no longer matched. */
  public VehiclePass corrected(PassPlate newPlate) {
    return copy(revision + 1, newPlate, null, evidence);
  }

  /** The same revision with the plate told otherwise; no longer matched. */
  public VehiclePass withPlate(PassPlate newPlate) {
    return copy(revision, newPlate, null, evidence);
  }

  public VehiclePass withEvidence(Evidence newEvidence) {
    return copy(revision, plate, match, newEvidence);
  }

  /** The same pass with what the access list says of it; null where the plate is on no list. */
  public VehiclePass withMatch(@Nullable StatusMatch newMatch) {
    return copy(revision, plate, newMatch, evidence);
  }

  private VehiclePass copy(
      int newRevision,
      @Nullable PassPlate newPlate,
      @Nullable StatusMatch newMatch,
      Evidence newEvidence) {
    return new VehiclePass(
        passId,
        newRevision,
        place,
        seen,
        frame,
        pairing,
        vehicle,
        newPlate,
        newMatch,
        newEvidence,
        direction);
  }
}
