package io.plateflow.schemas.rules;

import io.plateflow.schemas.pass.Alert;
import io.plateflow.schemas.pass.VehiclePass;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A rule was met. The same id comes again, with a higher revision, when it turns out otherwise or
 * is over.
 *
 * @param subject what it is about
 * @param detail for people, in a few words, without a plate
 * @param state of what goes on {@code PROVISIONAL} while it does and {@code CONFIRMED} when it is
 *     over
 * @param emittedAt wall clock of the operator that told it
 */
public record RuleAlert(
    Source rule,
    Subject subject,
    String detail,
    int revision,
    Alert.State state,
    Instant emittedAt) {

  /** The rule as it was then. */
  public record Source(String ruleId, String name, RuleTrigger trigger) {

    public static Source of(Rule rule) {
      return new Source(rule.ruleId(), rule.name(), rule.trigger());
    }
  }

  /**
   * What a rule was met by.
   *
   * @param facts the id is the same in every replay
   * @param listed whether the plate is on a list, which shows it where others are hidden
   * @param pass null where it is about no pass
   */
  public record Subject(RuleFacts facts, boolean listed, @Nullable VehiclePass pass) {

    public static Subject of(VehiclePass pass) {
      return new Subject(RuleFacts.of(pass), pass.listed(), pass);
    }

    public static Subject of(RuleFacts facts) {
      return new Subject(facts, false, null);
    }
  }

  /** The same in every replay. */
  public String alertId() {
    return subject.facts().id() + ":" + rule.ruleId();
  }

  /** As read; empty where it is about no plate, or none was read. */
  public String plate() {
    return subject.facts().plate();
  }

  public RuleAlert withSubject(Subject newSubject) {
    return new RuleAlert(rule, newSubject, detail, revision, state, emittedAt);
  }
}
