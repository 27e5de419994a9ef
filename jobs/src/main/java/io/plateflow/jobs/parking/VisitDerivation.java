package io.plateflow.jobs.parking;

import io.plateflow.jobs.pass.GatePass;
import io.plateflow.schemas.camera.GateType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Derives the visits of one key from its passes. The result depends on the set of passes and
 * nothing else, so passes may arrive in any order and any number of times.
 *
 * <p>The passes are walked in the order of their capture times, and what is decided at one is never
 * revised by a later one. So the passes of an ended visit may be left out together, and the other
 * visits come out the same.
 *
 * <p>An exit that people joined to an entry is the exception: that visit waits for it, and is left
 * out of everything that is decided until then.
 */
final class VisitDerivation {

  private final ParkingConfig config;

  VisitDerivation(ParkingConfig config) {
    this.config = config;
  }

  /**
   * @param passes of one key, each id once
   * @param clock how far the cameras are; visits that stayed too long by then are over
   * @return visits by the time of their first pass
   */
  List<VisitDraft> derive(Collection<GatePass> passes, Instant clock) {
    List<GatePass> inOrder = new ArrayList<>(passes);
    inOrder.removeIf(GatePass::retracted);
    inOrder.sort(GatePass.BY_TIME);
    Map<String, String> joined = joined(inOrder);
    List<VisitDraft> visits = new ArrayList<>();
    for (GatePass pass : inOrder) {
      endOverdue(visits, pass.at());
      switch (pass.place().gate()) {
        case ENTRY -> enter(visits, pass, joined.get(pass.passId()));
        case EXIT -> leave(visits, pass);
        case PASSAGE -> throw passage(pass);
      }
    }
    endOverdue(visits, clock);
    return visits;
  }

  /** The exit that people joined to each entry; of several the first one that follows it. */
  private static Map<String, String> joined(List<GatePass> inOrder) {
    Map<String, String> exits = new HashMap<>();
    Map<String, GatePass> entries = new HashMap<>();
    for (GatePass pass : inOrder) {
      String entry = pass.joinedEntry();
      if (pass.place().gate() == GateType.ENTRY) {
        entries.put(pass.passId(), pass);
      } else if (entry != null && entries.containsKey(entry)) {
        exits.putIfAbsent(entry, pass.passId());
      }
    }
    return exits;
  }

  /**
   * @param joinedExit the exit that people joined to this entry, or null
   */
  private void enter(List<VisitDraft> visits, GatePass pass, @Nullable String joinedExit) {
    VisitDraft same =
        nearest(
            visits,
            visit -> visit.open() && recent(visit, pass) && visit.mayWaitFor(joinedExit),
            visit -> visit.distanceToEntry(pass, config.tolerance()));
    if (same != null) {
      same.enterAgain(pass, joinedExit);
      return;
    }
    // Only the very same plate proves that an exit was missed; a look-alike may be another vehicle.
    for (VisitDraft visit : visits) {
      if (visit.free() && visit.distanceToEntry(pass, 0) == 0) {
        visit.missExit(pass.at());
      }
    }
    visits.add(VisitDraft.entered(pass, joinedExit));
  }

  private void leave(List<VisitDraft> visits, GatePass pass) {
    VisitDraft joined = holding(visits, pass.joinedEntry());
    if (joined != null) {
      joined.leave(pass);
      return;
    }
    List<VisitDraft> possible = new ArrayList<>(visits);
    possible.removeIf(visit -> visit.entered(pass.splitEntries()));
    VisitDraft entered =
        nearest(possible, VisitDraft::free, visit -> visit.distanceToEntry(pass, 0));
    VisitDraft justLeft =
        nearest(
            possible,
            visit -> visit.left() && recent(visit, pass),
            visit -> visit.distanceToExit(pass, config.tolerance()));
    if (entered == null && justLeft != null) {
      justLeft.leave(pass);
      return;
    }
    if (entered == null) {
      entered =
          nearest(
              possible, VisitDraft::free, visit -> visit.distanceToEntry(pass, config.tolerance()));
    }
    if (entered == null) {
      visits.add(VisitDraft.leftUnannounced(pass));
    } else {
      entered.leave(pass);
    }
  }

  private static @Nullable VisitDraft holding(List<VisitDraft> visits, @Nullable String entry) {
    return entry == null
        ? null
        : visits.stream().filter(visit -> visit.entered(List.of(entry))).findFirst().orElse(null);
  }

  private boolean recent(VisitDraft visit, GatePass pass) {
    return !visit.lastAt().plus(config.sameGateWithin()).isBefore(pass.at());
  }

  private void endOverdue(List<VisitDraft> visits, Instant now) {
    for (VisitDraft visit : visits) {
      if (visit.free() && visit.deadline(config.longestStay()).isBefore(now)) {
        visit.missExit(visit.deadline(config.longestStay()));
      }
    }
  }

  /** The nearest read; of equally near ones the latest; null where none is near enough. */
  private static @Nullable VisitDraft nearest(
      List<VisitDraft> visits, Predicate<VisitDraft> among, ToDoubleFunction<VisitDraft> distance) {
    return visits.stream()
        .filter(among)
        .filter(visit -> distance.applyAsDouble(visit) < Double.POSITIVE_INFINITY)
        .min(
            Comparator.comparingDouble(distance)
                .thenComparing(VisitDraft::lastAt, Comparator.reverseOrder())
                .thenComparing(visit -> visit.first().passId()))
        .orElse(null);
  }

  private static IllegalStateException passage(GatePass pass) {
    return new IllegalStateException(
        "Pass %s: found gate passage, expected entry or exit".formatted(pass.passId()));
  }
}
