package io.plateflow.jobs.rules;

import io.plateflow.schemas.rules.Rule;
import io.plateflow.schemas.rules.RuleAlert;
import io.plateflow.schemas.rules.RuleEvaluation;
import io.plateflow.schemas.rules.RuleFacts;
import io.plateflow.schemas.rules.RuleTrigger;
import io.plateflow.schemas.rules.Site;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.Collector;

/** Judges how full sites are, keyed by site. */
public final class OccupancyFunction extends RuleAwareFunction<SiteMove> {

  private static final long serialVersionUID = 1L;

  static final ValueStateDescriptor<SiteFill> FILL =
      new ValueStateDescriptor<>("site-fill", TypeInformation.of(SiteFill.class));

  private transient ValueState<SiteFill> state;

  public OccupancyFunction(RuleSnapshot snapshot) {
    super(snapshot);
  }

  @Override
  public void open(OpenContext context) {
    super.open(context);
    state = getRuntimeContext().getState(FILL);
  }

  @Override
  public void processElement(SiteMove move, ReadOnlyContext ctx, Collector<RuleVerdict> out)
      throws Exception {
    RuleState rules = rules(ctx);
    SiteFill fill = state.value();
    if (fill == null) {
      fill = new SiteFill();
    }
    fill.vehicles = Math.max(0, fill.vehicles + move.vehicles());
    Site site = rules.site(move.site());
    Integer capacity = site == null ? null : site.capacity();
    String detail = "%d vehicles, room for %s".formatted(fill.vehicles, capacity);
    List<RuleEvaluation> inForce = rules.of(RuleTrigger.OCCUPANCY);
    for (RuleEvaluation rule : inForce) {
      if (capacity == null || fill.vehicles < threshold(rule.rule(), capacity)) {
        continue;
      }
      RuleFacts facts =
          RuleFacts.of(
              "%s@%d".formatted(move.site(), move.at().toEpochMilli()), move.at(), move.place());
      if (!fill.met.containsKey(rule.rule().ruleId()) && rule.meets(facts)) {
        RuleVerdict verdict =
            RuleVerdict.met(rule.rule(), RuleAlert.Subject.of(facts), "", detail, false);
        fill.met.put(rule.rule().ruleId(), verdict);
        out.collect(verdict);
      }
    }
    for (RuleVerdict verdict : List.copyOf(fill.met.values())) {
      Rule rule = rules.rule(verdict.ruleId());
      boolean goesOn =
          rule != null
              && rule.inForce()
              && capacity != null
              && fill.vehicles >= threshold(rule, capacity);
      if (!goesOn) {
        fill.met.remove(verdict.ruleId());
        out.collect(verdict.ended(detail));
      }
    }
    state.update(fill);
  }

  private static double threshold(Rule rule, int capacity) {
    Double share = rule.fill();
    return share == null ? capacity : share * capacity;
  }
}
