package io.plateflow.jobs.rules;

import io.plateflow.clients.rules.RuleRecord;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * What all that judge by rules have in common: the rules, in broadcast state.
 *
 * @param <T> what is judged
 */
abstract class RuleAwareFunction<T>
    extends KeyedBroadcastProcessFunction<String, T, RuleRecord, RuleVerdict> {

  private static final long serialVersionUID = 1L;

  private final RuleSnapshot snapshot;
  private transient RuleState rules;

  RuleAwareFunction(RuleSnapshot snapshot) {
    this.snapshot = snapshot;
  }

  @Override
  public void open(OpenContext context) {
    rules = new RuleState();
    snapshot.load().forEach(rules::load);
  }

  /** The rules as they are now. */
  final RuleState rules(ReadOnlyContext ctx) throws Exception {
    rules.restore(ctx.getBroadcastState(RuleState.RECORDS));
    return rules;
  }

  /** It applies from the next look on. */
  @Override
  public final void processBroadcastElement(
      RuleRecord record, Context ctx, Collector<RuleVerdict> out) throws Exception {
    rules.apply(record, ctx.getBroadcastState(RuleState.RECORDS));
  }
}
