package io.plateflow.jobs.rules;

import io.plateflow.jobs.metrics.Counters;
import io.plateflow.jobs.metrics.LabelledCounters;
import io.plateflow.jobs.metrics.Latencies;
import io.plateflow.jobs.pass.SideOutputs;
import io.plateflow.schemas.event.Topics;
import io.plateflow.schemas.frame.RejectedRecord;
import io.plateflow.schemas.pass.Alert;
import io.plateflow.schemas.pass.VehiclePass;
import io.plateflow.schemas.rules.RuleAlert;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Makes alerts of verdicts, keyed by rule: numbers their revisions and leaves out what is above the
 * rule's cap.
 */
public final class RuleAlertFunction extends KeyedProcessFunction<String, RuleVerdict, RuleAlert> {

  private static final long serialVersionUID = 1L;

  static final MapStateDescriptor<String, ToldAlert> TOLD =
      new MapStateDescriptor<>("told-alerts", Types.STRING, TypeInformation.of(ToldAlert.class));

  /** Alerts by the hour of capture, in epoch milliseconds of its begin. */
  static final MapStateDescriptor<Long, Integer> PER_HOUR =
      new MapStateDescriptor<>("alerts-per-hour", Types.LONG, Types.INT);

  /** Hours that are counted; of one that is longer ago nothing comes. */
  private static final int MOST_HOURS = 72;

  private static final long MINUTE_MILLIS = 60_000;

  private final Duration settle;
  private transient MapState<String, ToldAlert> told;
  private transient MapState<Long, Integer> perHour;
  private transient LabelledCounters counters;
  private transient Histogram captureToAlert;

  /**
   * @param settle how late something may still turn out otherwise, in the time of the cameras
   */
  public RuleAlertFunction(Duration settle) {
    this.settle = settle;
  }

  @Override
  public void open(OpenContext context) {
    told = getRuntimeContext().getMapState(TOLD);
    perHour = getRuntimeContext().getMapState(PER_HOUR);
    counters = new LabelledCounters(getRuntimeContext().getMetricGroup());
    captureToAlert =
        Latencies.histogram(getRuntimeContext().getMetricGroup(), "captureToRuleAlertMillis");
  }

  @Override
  public void processElement(RuleVerdict verdict, Context ctx, Collector<RuleAlert> out)
      throws Exception {
    String id = verdict.subjectId();
    ToldAlert known = told.get(id);
    if (known == null) {
      if (!verdict.met() || !admit(verdict, ctx)) {
        return;
      }
      known = new ToldAlert();
      known.revision = -1;
    }
    if (verdict.met()) {
      known.met.put(verdict.key(), verdict);
    } else {
      known.met.remove(verdict.key());
    }
    RuleVerdict shown =
        known.met.values().stream()
            .max(
                Comparator.comparingInt(RuleAlertFunction::passRevision)
                    .thenComparing(RuleVerdict::over)
                    .thenComparing(RuleVerdict::key))
            .orElse(null);
    Alert.State next = next(known, shown);
    if (next != null) {
      RuleVerdict shownNow = shown == null ? verdict : shown;
      known.revision++;
      known.state = next;
      known.plate = shownNow.subject().facts().plate();
      tell(shownNow, known, out);
    }
    keep(id, known, shown, verdict, ctx);
  }

  private static int passRevision(RuleVerdict verdict) {
    VehiclePass pass = verdict.subject().pass();
    return pass == null ? 0 : pass.revision();
  }

  /**
   * @param shown what it is met by now, or null
   * @return the state to tell, or null where nothing changed
   */
  private static Alert.@Nullable State next(ToldAlert known, @Nullable RuleVerdict shown) {
    boolean withdrawn = known.state == Alert.State.WITHDRAWN;
    if (shown == null) {
      return withdrawn ? null : Alert.State.WITHDRAWN;
    }
    if (known.revision < 0) {
      return shown.over() ? Alert.State.CONFIRMED : Alert.State.PROVISIONAL;
    }
    if (withdrawn || !known.plate.equals(shown.subject().facts().plate())) {
      return Alert.State.CORRECTED;
    }
    return shown.over() && known.state != Alert.State.CONFIRMED ? Alert.State.CONFIRMED : null;
  }

  private void tell(RuleVerdict shown, ToldAlert known, Collector<RuleAlert> out) {
    Instant now = Instant.now();
    RuleAlert alert =
        new RuleAlert(
            shown.rule(), shown.subject(), shown.detail(), known.revision, known.state, now);
    counters
        .of(
            "ruleAlerts",
            "rule",
            shown.ruleId(),
            "state",
            known.state.name().toLowerCase(Locale.ROOT))
        .inc();
    VehiclePass pass = shown.subject().pass();
    if (known.revision == 0 && pass != null) {
      Latencies.sinceCapture(captureToAlert, pass.seen().last(), now);
    }
    out.collect(alert);
  }

  private void keep(
      String id, ToldAlert known, @Nullable RuleVerdict shown, RuleVerdict verdict, Context ctx)
      throws Exception {
    boolean settled = shown == null || shown.over();
    known.forgetAt = 0;
    if (settled) {
      switch (verdict.rule().trigger()) {
        case PASS, OVERSTAY -> {
          long watermark = ctx.timerService().currentWatermark();
          long from =
              Math.max(
                  watermark == Long.MAX_VALUE ? 0 : watermark,
                  verdict.subject().facts().at().toEpochMilli());
          // To the minute: what goes together needs no timer each.
          known.forgetAt = ((from + settle.toMillis()) / MINUTE_MILLIS + 1) * MINUTE_MILLIS;
          ctx.timerService().registerEventTimeTimer(known.forgetAt);
        }
        // They are over for good, and next time it is another one.
        case OCCUPANCY, CAMERA_DOWN, DISK_LOW -> {
          told.remove(id);
          return;
        }
      }
    }
    told.put(id, known);
  }

  /** Counts it, unless its hour of capture has as many as the rule may raise. */
  private boolean admit(RuleVerdict verdict, Context ctx) throws Exception {
    Instant hour = verdict.subject().facts().at().truncatedTo(ChronoUnit.HOURS);
    Integer counted = perHour.get(hour.toEpochMilli());
    int before = counted == null ? 0 : counted;
    if (before < verdict.maxPerHour()) {
      perHour.put(hour.toEpochMilli(), before + 1);
      forgetHours();
      return true;
    }
    counters.of("ruleAlertsCapped", "rule", verdict.ruleId()).inc();
    if (before == verdict.maxPerHour()) {
      // Once an hour: one more than the cap means that it was said.
      perHour.put(hour.toEpochMilli(), before + 1);
      getRuntimeContext().getLongCounter(Counters.REJECTED).add(1);
      ctx.output(
          SideOutputs.REJECTED,
          new RejectedRecord(
              Topics.RULES,
              0,
              "rule-cap",
              "Rule %s (%s): met more than %d times in the hour from %s; the other alerts of that hour are left out; expected fewer, or a higher max_per_hour"
                  .formatted(verdict.ruleId(), verdict.rule().name(), verdict.maxPerHour(), hour),
              Instant.now()));
    }
    return false;
  }

  private void forgetHours() throws Exception {
    List<Long> hours = new ArrayList<>();
    perHour.keys().forEach(hours::add);
    hours.sort(Comparator.naturalOrder());
    for (int i = 0; i < hours.size() - MOST_HOURS; i++) {
      perHour.remove(hours.get(i));
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext ctx, Collector<RuleAlert> out)
      throws Exception {
    if (ctx.timerService().currentWatermark() == Long.MAX_VALUE) {
      // The recordings ended, time did not.
      return;
    }
    List<String> old = new ArrayList<>();
    for (Map.Entry<String, ToldAlert> entry : told.entries()) {
      long forgetAt = entry.getValue().forgetAt;
      if (forgetAt != 0 && forgetAt <= timestamp) {
        old.add(entry.getKey());
      }
    }
    for (String id : old) {
      told.remove(id);
    }
  }
}
