package io.plateflow.jobs.rules;

import io.plateflow.clients.rules.RuleChange;
import io.plateflow.clients.rules.RuleRecord;
import io.plateflow.schemas.rules.Rule;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

/** A function that judges by rules, in its operator. */
final class RuleHarness<T>
    extends KeyedTwoInputStreamOperatorTestHarness<String, T, RuleRecord, RuleVerdict> {

  private int seen;

  RuleHarness(RuleAwareFunction<T> function, KeySelector<T, String> key) throws Exception {
    super(
        new CoBroadcastWithKeyedOperator<>(function, List.of(RuleState.RECORDS)),
        key,
        null,
        Types.STRING);
  }

  void rule(Rule rule) throws Exception {
    processElement2(new StreamRecord<>(new RuleChange(rule)));
  }

  /** What the element and the watermarks since the last call have led to. */
  List<String> tell(T element) throws Exception {
    processElement1(new StreamRecord<>(element));
    return verdicts();
  }

  List<String> verdicts() {
    List<RuleVerdict> all = new ArrayList<>(extractOutputValues());
    List<String> fresh = all.subList(seen, all.size()).stream().map(RuleHarness::text).toList();
    seen = all.size();
    return fresh;
  }

  private static String text(RuleVerdict verdict) {
    return "%s %s%s%s%s"
        .formatted(
            verdict.subjectId(),
            verdict.met() ? "" : "not ",
            verdict.ruleId(),
            verdict.over() ? "." : "",
            verdict.detail().isEmpty() ? "" : " " + verdict.detail());
  }
}
