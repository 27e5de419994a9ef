package io.plateflow.jobs.rules;

import io.plateflow.schemas.camera.CameraDefinition;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.camera.Place;
import io.plateflow.schemas.config.DurationText;
import io.plateflow.schemas.rules.RuleAlert;
import io.plateflow.schemas.rules.RuleEvaluation;
import io.plateflow.schemas.rules.RuleFacts;
import java.time.Duration;
import java.time.Instant;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.util.Collector;

/**
 * Judges how long cameras are down and the disk is low, keyed by what is in trouble. This is about
 * the wall clock, for a camera that is down has no time of its own.
 */
public final class OutageFunction extends RuleAwareFunction<OutageReport> {

  private static final long serialVersionUID = 1L;

  static final ValueStateDescriptor<Outage> OUTAGE =
      new ValueStateDescriptor<>("outage", TypeInformation.of(Outage.class));

  /** While something is in trouble; a changed rule is noticed alike. */
  private static final long LOOK_EVERY_MILLIS = 1000;

  private transient ValueState<Outage> state;

  public OutageFunction(RuleSnapshot snapshot) {
    super(snapshot);
  }

  @Override
  public void open(OpenContext context) {
    super.open(context);
    state = getRuntimeContext().getState(OUTAGE);
  }

  @Override
  public void processElement(OutageReport report, ReadOnlyContext ctx, Collector<RuleVerdict> out)
      throws Exception {
    Outage outage = state.value();
    if (report.trouble() && outage == null) {
      outage = new Outage();
      outage.trigger = report.trigger();
      outage.cameraId = report.cameraId();
      outage.since = report.at().toEpochMilli();
      outage.detail = report.detail();
      look(outage, rules(ctx), ctx.timerService(), out);
      state.update(outage);
    } else if (!report.trouble() && outage != null) {
      long lasted = Math.max(0, report.at().toEpochMilli() - outage.since);
      String detail = "over after " + DurationText.format(Duration.ofSeconds(lasted / 1000));
      outage.met.values().forEach(met -> out.collect(met.ended(detail)));
      state.clear();
    }
    // Else it is told again: after a recovery, or because it was tried again in vain.
  }

  private static void look(
      Outage outage, RuleState rules, TimerService timers, Collector<RuleVerdict> out) {
    long now = timers.currentProcessingTime();
    for (RuleEvaluation rule : rules.of(outage.trigger)) {
      Duration span = rule.rule().span();
      Instant due = Instant.ofEpochMilli(outage.since).plus(span == null ? Duration.ZERO : span);
      RuleFacts facts =
          RuleFacts.of(
              "%s@%d".formatted(name(outage), outage.since),
              due,
              new Place(
                  outage.cameraId,
                  outage.cameraId,
                  GateType.PASSAGE,
                  "UTC",
                  CameraDefinition.DEFAULT_SITE));
      if (now >= due.toEpochMilli()
          && !outage.met.containsKey(rule.rule().ruleId())
          && rule.meets(facts)) {
        RuleVerdict verdict =
            RuleVerdict.met(rule.rule(), RuleAlert.Subject.of(facts), "", outage.detail, false);
        outage.met.put(rule.rule().ruleId(), verdict);
        out.collect(verdict);
      }
    }
    timers.registerProcessingTimeTimer(now + LOOK_EVERY_MILLIS);
  }

  private static String name(Outage outage) {
    return outage.cameraId.isEmpty() ? "disk" : outage.cameraId;
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext ctx, Collector<RuleVerdict> out)
      throws Exception {
    Outage outage = state.value();
    if (outage != null) {
      look(outage, rules(ctx), ctx.timerService(), out);
      state.update(outage);
    }
  }
}
