package io.plateflow.jobs.parking;

import io.plateflow.models.grammar.ConfusionDistance;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.parking.GateEvent;
import io.plateflow.schemas.pass.VehiclePass;
import java.time.Instant;
import java.util.Comparator;

/**
 * A pass as far as parking is concerned: a read plate at an entry or an exit.
 *
 * @param revision of two versions of a pass under one key the higher counts, of equal ones the
 *     later to arrive
 * @param at capture time of the winning read
 * @param vehicleClass null for a plate without a vehicle
 * @param retracted the pass does not show this plate after all
 */
public record GatePass(
    String passId,
    int revision,
    String site,
    String location,
    GateType gate,
    String timezone,
    String plate,
    Instant at,
    String vehicleClass,
    String cameraId,
    boolean retracted) {

  /** The order in which things happened, the same in every replay. */
  static final Comparator<GatePass> BY_TIME =
      Comparator.comparing(GatePass::at).thenComparing(GatePass::passId);

  /** Whether the pass says something about parking. */
  public static boolean counts(VehiclePass pass) {
    return pass.gate() != GateType.PASSAGE
        && pass.plate() != null
        && !pass.plate().text().isEmpty();
  }

  /** The pass as it is when it is first finished. */
  public static GatePass of(VehiclePass pass) {
    return of(pass, 0);
  }

  public static GatePass of(VehiclePass pass, int revision) {
    return new GatePass(
        pass.passId(),
        revision,
        pass.site(),
        pass.location(),
        pass.gate(),
        pass.timezone(),
        pass.plate().text(),
        pass.capturedAt(),
        pass.vehicle() == null ? null : pass.vehicle().vehicleClass(),
        pass.cameraId(),
        false);
  }

  /**
   * Takes the pass back from under its key, because a correction gave it another plate or none.
   *
   * @param newRevision above that of the pass
   */
  public GatePass retract(int newRevision) {
    return new GatePass(
        passId,
        newRevision,
        site,
        location,
        gate,
        timezone,
        plate,
        at,
        vehicleClass,
        cameraId,
        true);
  }

  /** Key of the stream: the site, and the plate with look-alikes folded into one. */
  public String key() {
    return plateClass() + "@" + site;
  }

  String plateClass() {
    return ConfusionDistance.fold(plate);
  }

  /**
   * Id of the visit that begins with this pass. It names the key too: a pass that was corrected to
   * another plate begins a visit of another id, so that two keys never write one row.
   */
  String visitId() {
    return plateClass() + "-" + passId;
  }

  boolean supersedes(GatePass other) {
    return other == null || revision >= other.revision;
  }

  double distance(GatePass other, double limit) {
    return ConfusionDistance.distance(plate, other.plate, limit);
  }

  GateEvent event() {
    return new GateEvent(passId, plate, at, location, timezone, cameraId);
  }
}
