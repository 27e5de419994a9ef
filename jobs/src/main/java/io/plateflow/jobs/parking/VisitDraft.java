package io.plateflow.jobs.parking;

import io.plateflow.jobs.pass.GatePass;
import io.plateflow.schemas.parking.ParkingVisit;
import io.plateflow.schemas.parking.VisitState;
import io.plateflow.schemas.plate.ConfusionDistance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A visit under construction. */
final class VisitDraft {

  /** In order of time; the first one is the entry, the others saw the same entry again. */
  private final List<GatePass> entries = new ArrayList<>();

  private final List<GatePass> exits = new ArrayList<>();

  /** When its exit was found to be missed, or null. */
  private @Nullable Instant missedAt;

  /** The exit that people joined to one of the entries, or null. */
  private @Nullable String joinedExit;

  private VisitDraft() {}

  static VisitDraft entered(GatePass pass, @Nullable String joinedExit) {
    VisitDraft draft = new VisitDraft();
    draft.enterAgain(pass, joinedExit);
    return draft;
  }

  static VisitDraft leftUnannounced(GatePass pass) {
    VisitDraft draft = new VisitDraft();
    draft.exits.add(pass);
    return draft;
  }

  void enterAgain(GatePass pass, @Nullable String itsJoinedExit) {
    entries.add(pass);
    joinedExit = itsJoinedExit == null ? joinedExit : itsJoinedExit;
  }

  void leave(GatePass pass) {
    exits.add(pass);
  }

  void missExit(Instant at) {
    missedAt = at;
  }

  boolean open() {
    return exits.isEmpty() && missedAt == null;
  }

  /** Open, and it is not known yet how it ends. */
  boolean free() {
    return open() && joinedExit == null;
  }

  /** Whether no other exit than this one was joined to it. */
  boolean mayWaitFor(@Nullable String exit) {
    return joinedExit == null || exit == null || joinedExit.equals(exit);
  }

  /** Whether it began with one of these passes. */
  boolean entered(List<String> passIds) {
    return entries.stream().anyMatch(pass -> passIds.contains(pass.passId()));
  }

  boolean left() {
    return !exits.isEmpty();
  }

  /** Time of the last pass that it is made of. */
  Instant lastAt() {
    List<GatePass> last = exits.isEmpty() ? entries : exits;
    return last.get(last.size() - 1).at();
  }

  /** When an open visit ends at the latest; one without an entry is never open. */
  Instant deadline(Duration longestStay) {
    Instant deadline = entries.get(0).at().plus(longestStay);
    Instant byHand = closedByHand();
    return byHand != null && byHand.isBefore(deadline) ? byHand : deadline;
  }

  private @Nullable Instant closedByHand() {
    return entries.stream()
        .map(GatePass::closedAt)
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  /** Of the read to the reads at the entry; infinite above the limit. */
  double distanceToEntry(GatePass pass, double limit) {
    return distance(entries, pass, limit);
  }

  double distanceToExit(GatePass pass, double limit) {
    return distance(exits, pass, limit);
  }

  private static double distance(List<GatePass> seen, GatePass pass, double limit) {
    double nearest = Double.POSITIVE_INFINITY;
    for (GatePass one : seen) {
      nearest = Math.min(nearest, one.distance(pass, limit));
    }
    return nearest;
  }

  List<GatePass> passes() {
    return Stream.concat(entries.stream(), exits.stream()).toList();
  }

  GatePass first() {
    return entries.isEmpty() ? exits.get(0) : entries.get(0);
  }

  /** When it ended: only late passes can change it then; null while it is open. */
  @Nullable Instant overAt() {
    return open() ? null : left() ? lastAt() : missedAt;
  }

  ParkingVisit visit() {
    GatePass entry = entries.isEmpty() ? null : entries.get(0);
    GatePass exit = exits.isEmpty() ? null : exits.get(0);
    VisitState state =
        open()
            ? VisitState.OPEN
            : !left()
                ? VisitState.MISSED_EXIT
                : entry == null ? VisitState.MISSED_ENTRY : VisitState.CLOSED;
    String vehicleClass =
        passes().stream()
            .map(GatePass::vehicleClass)
            .filter(seen -> seen != null)
            .findFirst()
            .orElse(null);
    return new ParkingVisit(
        first().visitId(),
        first().place().site(),
        state,
        entry == null ? null : entry.event(),
        exit == null ? null : exit.event(),
        exit == null ? missedAt : exit.at(),
        vehicleClass,
        entry == null || exit == null ? 0 : ConfusionDistance.distance(entry.plate(), exit.plate()),
        corrected());
  }

  /**
   * The kinds of corrections that shaped it, or null. A split is told of the exit's visit only:
   * that of the entry may outlive it.
   */
  private @Nullable String corrected() {
    List<String> kinds = new ArrayList<>();
    if (exits.stream().anyMatch(exit -> exit.passId().equals(joinedExit))) {
      kinds.add("join");
    }
    if (exits.stream().anyMatch(exit -> !exit.splitEntries().isEmpty())) {
      kinds.add("split");
    }
    if (missedAt != null && missedAt.equals(closedByHand())) {
      kinds.add("close");
    }
    return kinds.isEmpty() ? null : String.join(",", kinds);
  }
}
