package io.plateflow.schemas.pass;

import io.plateflow.schemas.camera.Place;
import io.plateflow.schemas.detection.DetectionType;
import io.plateflow.schemas.detection.Pairing;
import io.plateflow.schemas.lists.ListMatch;
import io.plateflow.schemas.lists.ListMeaning;
import io.plateflow.schemas.status.StatusMatch;
import java.util.List;
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
 * @param match what the strictest list says of it, in the words of the simple access list; null
 *     where nothing follows from the lists that it is on, or it is on none
 * @param direction which way the vehicle went as the camera sees it: {@code towards}, {@code away},
 *     {@code left}, {@code right} or {@code standing}
 * @param matches all entries that the plate matched, the one that decides first
 * @param origin null for a pass before a camera of this job, also in state of versions that knew no
 *     other
 * @param asRead what was recorded before people corrected it; null where nobody did
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
    String direction,
    List<ListMatch> matches,
    @Nullable PassOrigin origin,
    @Nullable AsRead asRead) {

  public VehiclePass {
    // State of before there were lists has none.
    matches = matches == null ? List.of() : List.copyOf(matches);
    if (vehicle == null && plate == null) {
      throw new IllegalArgumentException(
          "Pass %s: found neither vehicle nor plate, expected one".formatted(passId));
    }
  }

  /** A pass as it was recorded. */
  public VehiclePass(
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
      String direction,
      List<ListMatch> matches,
      @Nullable PassOrigin origin) {
    this(
        passId, revision, place, seen, frame, pairing, vehicle, plate, match, evidence, direction,
        matches, origin, null);
  }

  /** A pass before a camera of this job. */
  public VehiclePass(
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
      String direction,
      List<ListMatch> matches) {
    this(
        passId, revision, place, seen, frame, pairing, vehicle, plate, match, evidence, direction,
        matches, null, null);
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

  /**
   * Whether its plate is on a list. One of plates that are to be ignored does not count, nor does a
   * pattern from which nothing follows: it may be that of everybody.
   */
  public boolean listed() {
    return match != null
        || matches.stream()
            .anyMatch(m -> m.meaning() == ListMeaning.INFORM && m.kind() != ListMatch.Kind.PATTERN);
  }

  /** The next revision, with another reading of the plate; no longer matched. */
  public VehiclePass corrected(PassPlate newPlate) {
    return copy(revision + 1, newPlate, List.of(), evidence);
  }

  /** The same revision with the plate told otherwise; no longer matched. */
  public VehiclePass withPlate(PassPlate newPlate) {
    return copy(revision, newPlate, List.of(), evidence);
  }

  /** The same pass and matches with the plate told in another form. */
  public VehiclePass withPlateTold(PassPlate newPlate) {
    return copy(revision, newPlate, matches, evidence);
  }

  public VehiclePass withEvidence(Evidence newEvidence) {
    return new VehiclePass(
        passId,
        revision,
        place,
        seen,
        frame,
        pairing,
        vehicle,
        plate,
        match,
        newEvidence,
        direction,
        matches,
        origin,
        asRead);
  }

  /** The pass without what people changed about it; no longer matched. */
  public VehiclePass recorded() {
    return asRead == null
        ? withMatches(List.of())
        : new VehiclePass(
            passId,
            asRead.revision(),
            asRead.place(),
            seen,
            frame,
            asRead.pairing(),
            asRead.vehicle(),
            asRead.plate(),
            null,
            evidence,
            direction,
            List.of(),
            origin);
  }

  /** The same with what was recorded told otherwise. */
  public VehiclePass withAsRead(@Nullable AsRead newAsRead) {
    return new VehiclePass(
        passId, revision, place, seen, frame, pairing, vehicle, plate, match, evidence, direction,
        matches, origin, newAsRead);
  }

  /**
   * The same pass with what the lists say of its plate.
   *
   * @param newMatches the one that decides first
   */
  public VehiclePass withMatches(List<ListMatch> newMatches) {
    return copy(revision, plate, newMatches, evidence);
  }

  private VehiclePass copy(
      int newRevision,
      @Nullable PassPlate newPlate,
      List<ListMatch> newMatches,
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
        newMatches.isEmpty() ? null : StatusMatch.of(newMatches.get(0)),
        newEvidence,
        direction,
        newMatches,
        origin,
        asRead);
  }
}
