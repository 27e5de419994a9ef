package io.plateflow.jobs.parking;

import io.plateflow.jobs.pass.GatePass;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The recent passes of one key. A Flink POJO: kept in keyed state, small. */
public final class PlateHistory {

  /** By pass id; retracted ones included, so that a late copy does not revive one. */
  public Map<String, GatePass> passes = new HashMap<>();

  /** The latest event time seen at this key. */
  public Instant clock = Instant.EPOCH;

  /** The event time when the last pass arrived. */
  public Instant lastArrival = Instant.EPOCH;

  /** Epoch milliseconds of the timer that is set; 0 for none. */
  public long timer;

  /** For Flink. */
  public PlateHistory() {}

  void tick(Instant now) {
    clock = now.isAfter(clock) ? now : clock;
  }

  void add(GatePass pass) {
    lastArrival = clock;
    if (pass.supersedes(passes.get(pass.passId()))) {
      passes.put(pass.passId(), pass);
    }
  }

  /**
   * Leaves the visits out that were over before a time, and returns the others. Where the tables no
   * longer have all their passes, they came out wrong.
   *
   * @param known passes that visits are kept for all the same
   */
  List<VisitDraft> leaveOut(List<VisitDraft> visits, Instant overBefore, Set<String> known) {
    List<VisitDraft> kept = new ArrayList<>();
    for (VisitDraft visit : visits) {
      Instant overAt = visit.overAt();
      if (overAt != null
          && overAt.isBefore(overBefore)
          && visit.passes().stream().noneMatch(pass -> known.contains(pass.passId()))) {
        visit.passes().forEach(pass -> passes.remove(pass.passId()));
      } else {
        kept.add(visit);
      }
    }
    return kept;
  }

  /**
   * Forgets visits that are settled: over, and long enough ago that no pass of theirs can still
   * come. A pass of long ago is given the same time from its arrival on.
   */
  void forgetSettled(List<VisitDraft> visits, ParkingConfig config) {
    Duration unsettled = config.unsettled();
    for (VisitDraft visit : visits) {
      Instant overAt = visit.overAt();
      if (overAt != null && !settledAt(overAt, unsettled).isAfter(clock)) {
        visit.passes().forEach(pass -> passes.remove(pass.passId()));
      }
    }
    passes
        .values()
        .removeIf(pass -> pass.retracted() && !settledAt(pass.at(), unsettled).isAfter(clock));
  }

  /** When the next timer is due if no pass arrives; null for none. */
  @Nullable Instant nextLook(List<VisitDraft> visits, ParkingConfig config) {
    Instant next = null;
    for (VisitDraft visit : visits) {
      Instant overAt = visit.overAt();
      next =
          earlier(
              next,
              overAt == null
                  ? visit.deadline(config.longestStay())
                  : settledAt(overAt, config.unsettled()));
    }
    for (GatePass pass : passes.values()) {
      if (pass.retracted()) {
        next = earlier(next, settledAt(pass.at(), config.unsettled()));
      }
    }
    return next;
  }

  private Instant settledAt(Instant overAt, Duration unsettled) {
    return (overAt.isAfter(lastArrival) ? overAt : lastArrival).plus(unsettled);
  }

  private static Instant earlier(@Nullable Instant a, Instant b) {
    return a == null || b.isBefore(a) ? b : a;
  }
}
