package io.plateflow.jobs.parking;

import io.plateflow.jobs.pass.GatePass;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
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
    List<VisitDraft> visits = new ArrayList<>();
    for (GatePass pass : inOrder) {
      endOverdue(visits, pass.at());
      switch (pass.place().gate()) {
        case ENTRY -> enter(visits, pass);
        case EXIT -> leave(visits, pass);
        case PASSAGE -> throw passage(pass);
      }
    }
    endOverdue(visits, clock);
    return visits;
  }

  private void enter(List<VisitDraft> visits, GatePass pass) {
    VisitDraft same =
        nearest(
            visits,
            visit -> visit.open() && recent(visit, pass),
            visit -> visit.distanceToEntry(pass, config.tolerance()));
    if (same != null) {
      same.enterAgain(pass);
      return;
    }
    // Only the very same plate proves that an exit was missed; a look-alike may be another vehicle.
    for (VisitDraft visit : visits) {
      if (visit.open() && visit.distanceToEntry(pass, 0) == 0) {
        visit.missExit(pass.at());
      }
    }
    visits.add(VisitDraft.entered(pass));
  }

  private void leave(List<VisitDraft> visits, GatePass pass) {
    VisitDraft entered = nearest(visits, VisitDraft::open, visit -> visit.distanceToEntry(pass, 0));
    VisitDraft justLeft =
        nearest(
            visits,
            visit -> visit.left() && recent(visit, pass),
            visit -> visit.distanceToExit(pass, config.tolerance()));
    if (entered == null && justLeft != null) {
      justLeft.leave(pass);
      return;
    }
    if (entered == null) {
      entered =
          nearest(
              visits, VisitDraft::open, visit -> visit.distanceToEntry(pass, config.tolerance()));
    }
    if (entered == null) {
      visits.add(VisitDraft.leftUnannounced(pass));
    } else {
      entered.leave(pass);
    }
  }

  private boolean recent(VisitDraft visit, GatePass pass) {
    return !visit.lastAt().plus(config.sameGateWithin()).isBefore(pass.at());
  }

  private void endOverdue(List<VisitDraft> visits, Instant now) {
    for (VisitDraft visit : visits) {
      if (visit.open() && visit.deadline(config.longestStay()).isBefore(now)) {
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
