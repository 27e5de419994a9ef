package io.plateflow.jobs.rules;

import io.plateflow.schemas.rules.Rule;
import io.plateflow.schemas.rules.RuleAlert;

/**
 * Whether a rule is met by something.
 *
 * @param maxPerHour of the rule
 * @param subject what it is met by; the same id comes again when it turns out otherwise
 * @param key of the stream that judged it: of a pass that was read otherwise the old key and the
 *     new one both tell, in any order
 * @param detail for people, without a plate
 * @param over whether it goes on no more
 */
public record RuleVerdict(
    RuleAlert.Source rule,
    int maxPerHour,
    RuleAlert.Subject subject,
    String key,
    boolean met,
    String detail,
    boolean over) {

  static RuleVerdict met(
      Rule rule, RuleAlert.Subject subject, String key, String detail, boolean over) {
    return new RuleVerdict(
        RuleAlert.Source.of(rule), rule.maxPerHour(), subject, key, true, detail, over);
  }

  /** The same, which is over. */
  RuleVerdict ended(String newDetail) {
    return new RuleVerdict(rule, maxPerHour, subject, key, true, newDetail, true);
  }

  /** It is not so after all. */
  RuleVerdict not() {
    return new RuleVerdict(rule, maxPerHour, subject, key, false, detail, true);
  }

  String ruleId() {
    return rule.ruleId();
  }

  String subjectId() {
    return subject.facts().id();
  }
}
