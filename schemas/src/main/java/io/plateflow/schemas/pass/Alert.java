package io.plateflow.schemas.pass;

import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.status.StatusMatch;
import java.time.Instant;

/**
 * A listed plate was seen. The same id comes again, with a higher revision, when the alert is
 * corrected or withdrawn.
 *
 * @param alertId the pass id
 * @param plate as read, normalised
 * @param score of the read, 0..1
 * @param reads that agree
 * @param capturedAt capture time of the frame that completed the read
 * @param emittedAt wall clock of the operator that raised it
 * @param vehicleClass null for a plate without a vehicle
 */
public record Alert(
    String alertId,
    int revision,
    State state,
    String plate,
    StatusMatch match,
    double score,
    int reads,
    String cameraId,
    String location,
    GateType gate,
    Instant capturedAt,
    Instant emittedAt,
    String vehicleClass,
    String passId,
    Evidence evidence) {

  /** How sure the alert is. */
  public enum State {
    /** Reads agree, the vehicle is still in view. */
    PROVISIONAL,
    /** The finished pass says the same. */
    CONFIRMED,
    /** The finished pass reads another plate, which is listed too. */
    CORRECTED,
    /** The finished pass reads a plate that is on no list. */
    WITHDRAWN
  }

  public Alert withPlate(String newPlate) {
    return new Alert(
        alertId,
        revision,
        state,
        newPlate,
        match,
        score,
        reads,
        cameraId,
        location,
        gate,
        capturedAt,
        emittedAt,
        vehicleClass,
        passId,
        evidence);
  }
}
