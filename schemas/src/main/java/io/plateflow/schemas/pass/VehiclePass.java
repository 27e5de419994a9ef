package io.plateflow.schemas.pass;

import io.plateflow.schemas.camera.CameraDefinition;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.detection.DetectionType;
import io.plateflow.schemas.detection.PairingMethod;
import io.plateflow.schemas.status.StatusMatch;
import java.time.Instant;

/**
 * One physical pass before one camera.
 *
 * @param passId derived from camera, capture time of the first frame and track number: the same in
 *     every replay
 * @param timezone of the place, IANA name; {@code UTC} where none was given
 * @param firstSeen capture time of the first frame
 * @param lastSeen capture time of the last frame
 * @param capturedAt capture time of the frame that gave the winning read; the best frame's where
 *     nothing was read
 * @param frames frames in which it was seen
 * @param frameWidth in pixels
 * @param frameHeight in pixels
 * @param processingMillis work spent on the winning frame: detection and reading
 * @param method null where there is no pair
 * @param pairingConfidence 0..1; 0 where there is no pair
 * @param vehicle null for a plate without a vehicle
 * @param plate null for a vehicle without a plate
 * @param match null where the plate is on no list
 * @param site the car park that the camera belongs to
 * @param direction which way the vehicle went as the camera sees it: {@code towards}, {@code away},
 *     {@code left}, {@code right} or {@code standing}; null in state of earlier versions
 */
public record VehiclePass(
    String passId,
    String cameraId,
    String location,
    GateType gate,
    String timezone,
    Instant firstSeen,
    Instant lastSeen,
    Instant capturedAt,
    int frames,
    int frameWidth,
    int frameHeight,
    double processingMillis,
    PairingMethod method,
    double pairingConfidence,
    boolean pairingAmbiguous,
    PassVehicle vehicle,
    PassPlate plate,
    StatusMatch match,
    Evidence evidence,
    String site,
    String direction) {

  public VehiclePass {
    if (vehicle == null && plate == null) {
      throw new IllegalArgumentException(
          "Pass %s: found neither vehicle nor plate, expected one".formatted(passId));
    }
    timezone = timezone == null ? "UTC" : timezone;
    // State written before there were sites has none.
    site = site == null ? CameraDefinition.DEFAULT_SITE : site;
  }

  public DetectionType type() {
    if (vehicle == null) {
      return DetectionType.PLATE_WITHOUT_VEHICLE;
    }
    return plate == null ? DetectionType.VEHICLE_WITHOUT_PLATE : DetectionType.VEHICLE_WITH_PLATE;
  }

  /** The same pass with another reading of its plate; no longer matched. */
  public VehiclePass withPlate(PassPlate newPlate) {
    return new VehiclePass(
        passId,
        cameraId,
        location,
        gate,
        timezone,
        firstSeen,
        lastSeen,
        capturedAt,
        frames,
        frameWidth,
        frameHeight,
        processingMillis,
        method,
        pairingConfidence,
        pairingAmbiguous,
        vehicle,
        newPlate,
        null,
        evidence,
        site,
        direction);
  }

  public VehiclePass withEvidence(Evidence newEvidence) {
    return new VehiclePass(
        passId,
        cameraId,
        location,
        gate,
        timezone,
        firstSeen,
        lastSeen,
        capturedAt,
        frames,
        frameWidth,
        frameHeight,
        processingMillis,
        method,
        pairingConfidence,
        pairingAmbiguous,
        vehicle,
        plate,
        match,
        newEvidence,
        site,
        direction);
  }

  /** The same pass with what the access list says of it. */
  public VehiclePass withMatch(StatusMatch newMatch) {
    return new VehiclePass(
        passId,
        cameraId,
        location,
        gate,
        timezone,
        firstSeen,
        lastSeen,
        capturedAt,
        frames,
        frameWidth,
        frameHeight,
        processingMillis,
        method,
        pairingConfidence,
        pairingAmbiguous,
        vehicle,
        plate,
        newMatch,
        evidence,
        site,
        direction);
  }
}
