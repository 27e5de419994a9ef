package io.plateflow.jobs.pass;

import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.camera.Place;
import io.plateflow.schemas.parking.GateEvent;
import io.plateflow.schemas.pass.VehiclePass;
import io.plateflow.schemas.plate.ConfusionDistance;
import io.plateflow.schemas.plate.PlateRead;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The parking view of a pass: a read plate at an entry or an exit.
 *
 * @param revision of two versions of a pass under one key the higher counts, of equal ones the
 *     later to arrive
 * @param at capture time of the winning read
 * @param vehicleClass null for a plate without a vehicle
 * @param retracted the pass does not show this plate after all
 * @param listed whether the plate was on the access list when it passed
 * @param hint what people said about its visit, or null
 */
public record GatePass(
    String passId,
    int revision,
    Place place,
    String plate,
    Instant at,
    @Nullable String vehicleClass,
    boolean retracted,
    boolean listed,
    @Nullable VisitHint hint) {

  /**
   * The revision of a pass that was looked up in the tables, beside one that was corrected: of an
   * old one the state may know nothing, but whatever it knows is newer.
   */
  public static final int LOOKED_UP = -1;

  /** The order in which things happened, the same in every replay. */
  public static final Comparator<GatePass> BY_TIME =
      Comparator.comparing(GatePass::at).thenComparing(GatePass::passId);

  /**
   * What follows from a pass for parking when its track has ended, and again when an answer of
   * Gemini has changed it. It depends on the pass alone, not on what was emitted before: after a
   * crash an answer may arrive earlier than the first time, and the plate that was emitted then is
   * retracted all the same.
   *
   * @param local what the rungs of this machine read, or null
   * @param asked whether an answer may change, or has changed, what they read
   */
  public static List<GatePass> of(VehiclePass pass, @Nullable PlateRead local, boolean asked) {
    if (pass.place().gate() == GateType.PASSAGE) {
      return List.of();
    }
    String read = pass.plateText();
    String first = local == null ? "" : local.text();
    List<GatePass> report = new ArrayList<>();
    if (asked
        && !first.isEmpty()
        && !ConfusionDistance.fold(first).equals(ConfusionDistance.fold(read))) {
      report.add(of(pass, first, 1, true));
    }
    if (!read.isEmpty()) {
      report.add(of(pass, read, read.equals(first) ? 0 : 1, false));
    }
    return report;
  }

  private static GatePass of(VehiclePass pass, String plate, int revision, boolean retracted) {
    return new GatePass(
        pass.passId(),
        revision,
        pass.place(),
        plate,
        pass.frame().capturedAt(),
        pass.vehicleClass(),
        retracted,
        pass.listed(),
        null);
  }

  public GatePass withHint(@Nullable VisitHint newHint) {
    return new GatePass(
        passId, revision, place, plate, at, vehicleClass, retracted, listed, newHint);
  }

  public GatePass withRevision(int newRevision) {
    return new GatePass(
        passId, newRevision, place, plate, at, vehicleClass, retracted, listed, hint);
  }

  /** Takes the pass back, under the key that it has. */
  public GatePass retracted(int newRevision) {
    return new GatePass(passId, newRevision, place, plate, at, vehicleClass, true, listed, hint);
  }

  /**
   * Key of the stream: the site, and the plate with look-alikes folded into one. An exit that
   * people joined to an entry has the key of the entry.
   */
  public String key() {
    return plateClass() + "@" + place.site();
  }

  String plateClass() {
    return ConfusionDistance.fold(
        joinedEntry() == null
            ? plate
            : Objects.requireNonNull(Objects.requireNonNull(hint).entryPlate()));
  }

  /** The entry whose visit this exit ends because people said so, or null. */
  public @Nullable String joinedEntry() {
    return hint == null || place.gate() != GateType.EXIT ? null : hint.entryPassId();
  }

  /** The entries whose visits this exit does not end because people said so. */
  public List<String> splitEntries() {
    return hint == null || place.gate() != GateType.EXIT ? List.of() : hint.notEntries();
  }

  /** When the visit of this entry was over because people said so, or null. */
  public @Nullable Instant closedAt() {
    return hint == null || hint.closedAt() == null || place.gate() != GateType.ENTRY
        ? null
        : hint.closedAt().isBefore(at) ? at : hint.closedAt();
  }

  /**
   * Id of the visit that begins with this pass. It names the key too: a pass that was corrected to
   * another plate begins a visit of another id, so that two keys never write one row.
   */
  public String visitId() {
    return plateClass() + "-" + passId;
  }

  /**
   * @param other the version that is known, or null
   */
  public boolean supersedes(@Nullable GatePass other) {
    return other == null || revision >= other.revision;
  }

  public double distance(GatePass other, double limit) {
    return ConfusionDistance.distance(plate, other.plate, limit);
  }

  public GateEvent event() {
    return new GateEvent(passId, plate, at, place, listed);
  }
}
