package io.plateflow.jobs.rules;

import io.plateflow.jobs.pass.RulePass;
import io.plateflow.schemas.rules.Rule;
import io.plateflow.schemas.rules.RuleAlert;
import io.plateflow.schemas.rules.RuleEvaluation;
import io.plateflow.schemas.rules.RuleFacts;
import io.plateflow.schemas.rules.RuleTrigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Judges passes, keyed by plate. It keeps those that still count for a number of times, so that the
 * result depends on the set of passes and not on the order of their arrival.
 */
public final class RuleFunction extends RuleAwareFunction<RulePass> {

  private static final long serialVersionUID = 1L;

  static final MapStateDescriptor<String, KeptPass> PASSES =
      new MapStateDescriptor<>("rule-passes", Types.STRING, TypeInformation.of(KeptPass.class));

  static final ValueStateDescriptor<Long> TIMER =
      new ValueStateDescriptor<>("rule-passes-timer", Types.LONG);

  /** More than the largest number of times, however often one vehicle drives to and fro. */
  static final int MOST_PASSES = 300;

  private final Duration settle;
  private transient MapState<String, KeptPass> passes;
  private transient ValueState<Long> timer;

  /**
   * @param settle how late a pass may still be told otherwise, in the time of the cameras
   */
  public RuleFunction(RuleSnapshot snapshot, Duration settle) {
    super(snapshot);
    this.settle = settle;
  }

  @Override
  public void open(OpenContext context) {
    super.open(context);
    passes = getRuntimeContext().getMapState(PASSES);
    timer = getRuntimeContext().getState(TIMER);
  }

  @Override
  public void processElement(RulePass told, ReadOnlyContext ctx, Collector<RuleVerdict> out)
      throws Exception {
    RuleState rules = rules(ctx);
    String id = told.pass().passId();
    KeptPass known = passes.get(id);
    if (told.retracted()) {
      if (known != null) {
        passes.remove(id);
        for (String ruleId : known.met()) {
          tell(rules.rule(ruleId), known.told(), false, out);
        }
        judgeOthers(rules, id, out);
      }
      return;
    }
    if (known != null && known.told().equals(told)) {
      return;
    }
    List<RuleEvaluation> inForce = rules.of(RuleTrigger.PASS);
    KeptPass now =
        new KeptPass(
            told,
            Instant.ofEpochMilli(Math.max(0, clock(ctx.timerService()))),
            inForce.stream().map(rule -> rule.rule().judge()).toList(),
            List.of());
    Map<String, RuleFacts> all = facts();
    all.put(id, now.facts());
    List<String> met = new ArrayList<>();
    for (RuleEvaluation rule : inForce) {
      String ruleId = rule.rule().ruleId();
      if (rule.fires(now.facts(), all.values())) {
        met.add(ruleId);
        tell(rule.rule(), told, true, out);
      } else if (known != null && known.met().contains(ruleId)) {
        tell(rule.rule(), told, false, out);
      }
    }
    if (known != null) {
      // What a rule told before it went stays told, and ends with the pass.
      for (String ruleId : known.met()) {
        Rule rule = rules.rule(ruleId);
        if (rule != null && !(rule.inForce() && rule.trigger() == RuleTrigger.PASS)) {
          met.add(ruleId);
          tell(rule, told, true, out);
        }
      }
    }
    // What meets no rule and counts for none is not kept.
    if (!met.isEmpty()
        || inForce.stream().anyMatch(r -> !r.span().isZero() && r.meets(now.facts()))) {
      passes.put(id, now.withMet(met));
    } else {
      passes.remove(id);
    }
    judgeOthers(rules, id, out);
    forgetOldest();
    setTimer(ctx.timerService(), rules);
  }

  private Map<String, RuleFacts> facts() throws Exception {
    Map<String, RuleFacts> facts = new HashMap<>();
    for (Map.Entry<String, KeptPass> entry : passes.entries()) {
      facts.put(entry.getKey(), entry.getValue().facts());
    }
    return facts;
  }

  /** A pass that came late, or went, makes others the n-th, or not. */
  private void judgeOthers(RuleState rules, String id, Collector<RuleVerdict> out)
      throws Exception {
    List<RuleEvaluation> counting =
        rules.of(RuleTrigger.PASS).stream().filter(rule -> !rule.span().isZero()).toList();
    if (counting.isEmpty()) {
      return;
    }
    Map<String, RuleFacts> all = facts();
    Map<String, KeptPass> changed = new HashMap<>();
    for (Map.Entry<String, KeptPass> entry : passes.entries()) {
      KeptPass other = entry.getValue();
      if (entry.getKey().equals(id)) {
        continue;
      }
      List<String> met = new ArrayList<>(other.met());
      for (RuleEvaluation rule : counting) {
        String ruleId = rule.rule().ruleId();
        if (!other.judges().contains(rule.rule().judge())) {
          continue;
        }
        boolean fires = rule.fires(other.facts(), all.values());
        if (fires != met.contains(ruleId)) {
          tell(rule.rule(), other.told(), fires, out);
          if (fires) {
            met.add(ruleId);
          } else {
            met.remove(ruleId);
          }
        }
      }
      if (!met.equals(other.met())) {
        changed.put(entry.getKey(), other.withMet(met));
      }
    }
    if (!changed.isEmpty()) {
      passes.putAll(changed);
    }
  }

  private static void tell(
      @Nullable Rule rule, RulePass told, boolean met, Collector<RuleVerdict> out) {
    if (rule != null) {
      RuleVerdict verdict =
          RuleVerdict.met(rule, RuleAlert.Subject.of(told.pass()), told.key(), "", told.ended());
      out.collect(met ? verdict : verdict.not());
    }
  }

  private void forgetOldest() throws Exception {
    List<RuleFacts> inOrder = new ArrayList<>(facts().values());
    inOrder.sort(RuleFacts.BY_TIME);
    for (int i = 0; i < inOrder.size() - MOST_PASSES; i++) {
      passes.remove(inOrder.get(i).id());
    }
  }

  private static long clock(TimerService timers) {
    long watermark = timers.currentWatermark();
    return watermark == Long.MAX_VALUE ? Long.MIN_VALUE : watermark;
  }

  private void setTimer(TimerService timers, RuleState rules) throws Exception {
    Duration keep = keep(rules);
    List<Instant> expiries = new ArrayList<>();
    for (KeptPass pass : passes.values()) {
      expiries.add(pass.expiry(keep));
    }
    Long set = timer.value();
    Instant first = expiries.stream().min(Comparator.naturalOrder()).orElse(null);
    if (first != null && set != null && set == first.toEpochMilli()) {
      return;
    }
    if (set != null) {
      timers.deleteEventTimeTimer(set);
    }
    if (first == null) {
      timer.clear();
    } else {
      timers.registerEventTimeTimer(first.toEpochMilli());
      timer.update(first.toEpochMilli());
    }
  }

  private Duration keep(RuleState rules) {
    Duration span = rules.longestSpan();
    return span.compareTo(settle) > 0 ? span : settle;
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext ctx, Collector<RuleVerdict> out)
      throws Exception {
    timer.clear();
    if (ctx.timerService().currentWatermark() == Long.MAX_VALUE) {
      // The recordings ended, time did not: passes may follow, and must find those before them.
      return;
    }
    RuleState rules = rules(ctx);
    Duration keep = keep(rules);
    List<String> old = new ArrayList<>();
    for (Map.Entry<String, KeptPass> entry : passes.entries()) {
      if (!entry.getValue().expiry(keep).isAfter(Instant.ofEpochMilli(timestamp))) {
        old.add(entry.getKey());
      }
    }
    for (String id : old) {
      passes.remove(id);
    }
    setTimer(ctx.timerService(), rules);
  }
}
