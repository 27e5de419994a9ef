package io.plateflow.jobs.rules;

import io.plateflow.jobs.pass.RulePass;
import io.plateflow.schemas.rules.RuleFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A pass of a plate in keyed state.
 *
 * @param arrived how far the cameras were then
 * @param judges the rules by which it was judged, with their versions: one that came later does not
 *     count for it once it has ended
 * @param met ids of the rules that it meets
 */
public record KeptPass(RulePass told, Instant arrived, List<String> judges, List<String> met) {

  public KeptPass {
    judges = List.copyOf(judges);
    met = List.copyOf(met);
  }

  RuleFacts facts() {
    return RuleFacts.of(told.pass());
  }

  Instant expiry(Duration keep) {
    Instant at = told.pass().frame().capturedAt();
    return (at.isAfter(arrived) ? at : arrived).plus(keep);
  }

  KeptPass withMet(List<String> newMet) {
    return new KeptPass(told, arrived, judges, newMet);
  }
}
