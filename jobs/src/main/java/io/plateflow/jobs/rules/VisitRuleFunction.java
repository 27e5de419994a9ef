package io.plateflow.jobs.rules;

import io.plateflow.schemas.config.DurationText;
import io.plateflow.schemas.parking.GateEvent;
import io.plateflow.schemas.parking.ParkingVisit;
import io.plateflow.schemas.parking.VisitState;
import io.plateflow.schemas.parking.VisitUpdate;
import io.plateflow.schemas.rules.Rule;
import io.plateflow.schemas.rules.RuleAlert;
import io.plateflow.schemas.rules.RuleEvaluation;
import io.plateflow.schemas.rules.RuleFacts;
import io.plateflow.schemas.rules.RuleTrigger;
import io.plateflow.schemas.rules.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** Judges how long vehicles stay, keyed by visit, and tells sites who comes and goes. */
public final class VisitRuleFunction extends RuleAwareFunction<VisitUpdate> {

  /** Keyed by site it says how full the sites are. */
  public static final OutputTag<SiteMove> MOVES =
      new OutputTag<>("site-moves", TypeInformation.of(SiteMove.class));

  private static final long serialVersionUID = 1L;

  static final ValueStateDescriptor<VisitInView> VISIT =
      new ValueStateDescriptor<>("visit-in-view", TypeInformation.of(VisitInView.class));

  /** When a new rule is noticed at the latest, for a vehicle that is on site already. */
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(5);

  private final Duration settle;
  private transient ValueState<VisitInView> state;

  /**
   * @param settle how late a visit may still be told otherwise, in the time of the cameras
   */
  public VisitRuleFunction(RuleSnapshot snapshot, Duration settle) {
    super(snapshot);
    this.settle = settle;
  }

  @Override
  public void open(OpenContext context) {
    super.open(context);
    state = getRuntimeContext().getState(VISIT);
  }

  @Override
  public void processElement(VisitUpdate update, ReadOnlyContext ctx, Collector<RuleVerdict> out)
      throws Exception {
    VisitInView known = state.value();
    ParkingVisit visit = update.visit();
    GateEvent entry = visit == null ? null : visit.entry();
    if (visit == null || entry == null) {
      remove(known, ctx, out);
      return;
    }
    // Of recordings the exit may come before the entry: then the visit is closed from the first.
    boolean first = known == null;
    if (known == null) {
      known = new VisitInView();
    }
    boolean wasOpen = known.open;
    known.entry = entry;
    known.vehicleClass = visit.vehicleClass();
    known.open = visit.state() == VisitState.OPEN;
    if (known.open != wasOpen) {
      Instant at = known.open ? entry.at() : end(visit, entry);
      ctx.output(MOVES, new SiteMove(entry.place(), at, known.open ? 1 : -1));
    }
    RuleState rules = rules(ctx);
    if (known.open) {
      look(update.visitId(), known, entry, rules, ctx.timerService(), out);
    } else {
      ended(update.visitId(), visit, entry, known, wasOpen || first, rules, out);
      setTimer(
          known,
          Math.max(clock(ctx.timerService()), end(visit, entry).toEpochMilli()) + settle.toMillis(),
          ctx.timerService());
    }
    state.update(known);
  }

  private static Instant end(ParkingVisit visit, GateEvent entry) {
    Instant end = visit.endedAt();
    return end == null ? entry.at() : end;
  }

  private void remove(
      @Nullable VisitInView known, ReadOnlyContext ctx, Collector<RuleVerdict> out) {
    if (known == null) {
      return;
    }
    known.met.values().forEach(verdict -> out.collect(verdict.not()));
    GateEvent entry = known.entry;
    if (known.open && entry != null) {
      ctx.output(MOVES, new SiteMove(entry.place(), entry.at(), -1));
    }
    if (known.timer != 0) {
      ctx.timerService().deleteEventTimeTimer(known.timer);
    }
    state.clear();
  }

  /** Tells the rules that are met by now, and sets a timer for the next. */
  private void look(
      String visitId,
      VisitInView known,
      GateEvent entry,
      RuleState rules,
      TimerService timers,
      Collector<RuleVerdict> out) {
    long now = Math.max(clock(timers), entry.at().toEpochMilli());
    long next = now + LOOK_AGAIN.toMillis();
    for (RuleEvaluation rule : rules.of(RuleTrigger.OVERSTAY)) {
      Duration allowed = allowed(rule.rule(), rules.site(entry.place().site()));
      if (allowed == null || known.met.containsKey(rule.rule().ruleId())) {
        continue;
      }
      RuleFacts facts = facts(visitId, known, entry, allowed);
      long due = facts.at().toEpochMilli();
      if (!rule.meets(facts)) {
        continue;
      }
      if (due < now) {
        tell(rule.rule(), facts, entry, known, "on site for more than " + text(allowed), out);
      } else {
        // Past it: a vehicle that leaves in that very millisecond is in time.
        next = Math.min(next, due + 1);
      }
    }
    setTimer(known, next, timers);
  }

  private static void tell(
      Rule rule,
      RuleFacts facts,
      GateEvent entry,
      VisitInView known,
      String detail,
      Collector<RuleVerdict> out) {
    RuleVerdict verdict =
        RuleVerdict.met(
            rule, new RuleAlert.Subject(facts, entry.listed(), null), "", detail, false);
    known.met.put(rule.ruleId(), verdict);
    out.collect(verdict);
  }

  private void ended(
      String visitId,
      ParkingVisit visit,
      GateEvent entry,
      VisitInView known,
      boolean news,
      RuleState rules,
      Collector<RuleVerdict> out) {
    Duration stayed = visit.dwell();
    if (news && stayed != null) {
      // Of a recording that runs fast the exit may come before the timer.
      for (RuleEvaluation rule : rules.of(RuleTrigger.OVERSTAY)) {
        Duration allowed = allowed(rule.rule(), rules.site(entry.place().site()));
        if (allowed != null
            && stayed.compareTo(allowed) > 0
            && !known.met.containsKey(rule.rule().ruleId())) {
          RuleFacts facts = facts(visitId, known, entry, allowed);
          if (rule.meets(facts)) {
            tell(rule.rule(), facts, entry, known, "on site for more than " + text(allowed), out);
          }
        }
      }
    }
    for (String ruleId : List.copyOf(known.met.keySet())) {
      RuleVerdict verdict = known.met.get(ruleId);
      if (verdict == null) {
        continue;
      }
      if (stayed != null && !verdict.subject().facts().at().isBefore(entry.at().plus(stayed))) {
        out.collect(verdict.not());
        known.met.remove(ruleId);
      } else if (!verdict.over()) {
        RuleVerdict over =
            verdict.ended(stayed == null ? "left unseen" : "left after " + text(stayed));
        known.met.put(ruleId, over);
        out.collect(over);
      }
    }
  }

  /** Null where it may stay for ever. */
  private static @Nullable Duration allowed(Rule rule, @Nullable Site site) {
    Duration own = rule.span();
    Duration limit = own != null || site == null ? own : site.longestStay();
    return limit == null ? null : site == null ? limit : limit.plus(site.gracePeriod());
  }

  private static RuleFacts facts(
      String visitId, VisitInView known, GateEvent entry, Duration allowed) {
    return new RuleFacts(
        visitId,
        entry.at().plus(allowed),
        entry.place(),
        entry.plate(),
        known.vehicleClass,
        null,
        null,
        "",
        List.of());
  }

  private static String text(Duration duration) {
    return DurationText.format(Duration.ofSeconds(duration.toSeconds()));
  }

  /** Epoch milliseconds; negative while the cameras have no time, or none any more. */
  private static long clock(TimerService timers) {
    long watermark = timers.currentWatermark();
    return watermark == Long.MAX_VALUE ? -1 : Math.max(-1, watermark);
  }

  private static void setTimer(VisitInView known, long at, TimerService timers) {
    if (known.timer != at) {
      if (known.timer != 0) {
        timers.deleteEventTimeTimer(known.timer);
      }
      timers.registerEventTimeTimer(at);
      known.timer = at;
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext ctx, Collector<RuleVerdict> out)
      throws Exception {
    VisitInView known = state.value();
    if (known == null) {
      return;
    }
    known.timer = 0;
    if (ctx.timerService().currentWatermark() == Long.MAX_VALUE) {
      // The recordings ended, time did not: nobody stayed any longer.
      state.update(known);
      return;
    }
    GateEvent entry = known.entry;
    if (!known.open || entry == null) {
      state.clear();
      return;
    }
    look(ctx.getCurrentKey(), known, entry, rules(ctx), ctx.timerService(), out);
    state.update(known);
  }
}
