package io.plateflow.jobs.enrich;

import io.plateflow.jobs.pass.PassUpdate;
import io.plateflow.jobs.pass.RulePass;
import io.plateflow.jobs.pass.SideOutputs;
import io.plateflow.schemas.access.AccessDecision;
import io.plateflow.schemas.lists.ListMatch;
import io.plateflow.schemas.pass.Alert;
import io.plateflow.schemas.pass.VehiclePass;
import java.time.Instant;
import java.util.List;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** Sends the alerts and the decisions at gates that follow from a pass, where there is news. */
final class PassTeller {

  private final AccessPolicy gates;
  private final EnrichMetrics metrics;

  PassTeller(AccessPolicy gates, EnrichMetrics metrics) {
    this.gates = gates;
    this.metrics = metrics;
  }

  /** Either kind of Flink's contexts. */
  @FunctionalInterface
  interface SideOutput {
    <T> void put(OutputTag<T> tag, T value);
  }

  /** What led to this. */
  enum Cause {
    /** A frame, or the end of the track. */
    FRAME,
    /** A change of a list, or a correction soon after the pass. */
    CHANGE,
    /** A correction long after the pass: it revises what was told and begins nothing. */
    LATE_CORRECTION
  }

  /**
   * @param known what was told last, or null
   * @param recorded the pass as it is without corrections, to be remembered
   * @param plates that people gave it
   * @param at capture time of the frame that led to this
   * @return what was told by now
   */
  OpenPass tell(
      @Nullable OpenPass known,
      PassUpdate update,
      VehiclePass recorded,
      List<String> plates,
      List<ListMatch> matches,
      Instant at,
      Cause cause,
      SideOutput out) {
    Instant now = Instant.now();
    boolean begins = cause != Cause.LATE_CORRECTION;
    Alert before = known == null ? null : known.alert();
    Alert alert = begins || before != null ? AlertPolicy.next(before, update, matches, now) : null;
    if (alert != null && before != null && !begins && same(before, alert)) {
      alert = null;
    }
    if (alert != null) {
      metrics.alert(alert);
      if (before == null) {
        metrics.alertRaised(cause == Cause.FRAME ? at : null, now);
      }
      out.put(SideOutputs.ALERTS, alert);
    }
    AccessDecision decided = known == null ? null : known.access();
    AccessDecision decision =
        begins || decided != null ? gates.next(decided, update, matches, at, now) : null;
    if (decision != null && decided != null && !begins && same(decided, decision)) {
      decision = null;
    }
    if (decision != null) {
      metrics.access(decision, cause == Cause.FRAME && decided == null);
      out.put(SideOutputs.ACCESS, decision);
    }
    if (known != null) {
      RulePass.retracted(known.pass(), plates, update.pass())
          .forEach(told -> out.put(SideOutputs.RULE_PASSES, told));
    }
    if (begins) {
      VehiclePass matched = update.pass().withMatches(matches);
      out.put(SideOutputs.RULE_PASSES, RulePass.of(matched, update.ended()));
    }
    return new OpenPass(
        recorded,
        alert == null ? before : alert,
        update.ended(),
        decision == null ? decided : decision);
  }

  /** What was told long ago is not told again for the sake of a list's other name or note. */
  private static boolean same(Alert before, Alert alert) {
    return before.state() == alert.state() && before.plate().equals(alert.plate());
  }

  private static boolean same(AccessDecision before, AccessDecision decision) {
    return before.outcome() == decision.outcome()
        && before.reason() == decision.reason()
        && before.pass().plateText().equals(decision.pass().plateText());
  }

  /**
   * Takes back what was told of a pass that there is not.
   *
   * @param plates that people gave it
   * @param reason why there is none
   * @return what was told by now
   */
  OpenPass takeBack(
      OpenPass known,
      PassUpdate update,
      List<String> plates,
      AccessDecision.Reason reason,
      SideOutput out) {
    RulePass.retracted(known.pass(), plates, null)
        .forEach(told -> out.put(SideOutputs.RULE_PASSES, told));
    Alert withdrawn = AlertPolicy.next(known.alert(), update, List.of(), Instant.now());
    if (withdrawn != null) {
      metrics.alert(withdrawn);
      out.put(SideOutputs.ALERTS, withdrawn);
    }
    AccessDecision closed = AccessPolicy.closed(known.access(), reason, Instant.now());
    if (closed != null) {
      metrics.access(closed, false);
      out.put(SideOutputs.ACCESS, closed);
    }
    return new OpenPass(
        known.pass(),
        withdrawn == null ? known.alert() : withdrawn,
        known.written(),
        closed == null ? known.access() : closed);
  }
}
