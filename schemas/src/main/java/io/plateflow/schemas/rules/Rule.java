package io.plateflow.schemas.rules;

import io.plateflow.schemas.lists.ListIds;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One version of a rule. An older version never wins over a newer one.
 *
 * @param ruleId letters, digits, dot, dash and underscore
 * @param name for people
 * @param enabled whether it raises alerts
 * @param times the n-th pass of a plate; null: every pass
 * @param longerThan how long a vehicle stays (null takes the limit of its site), a camera is down
 *     or a disk is low (null: at once); such as {@code 2h}
 * @param fill the share of a site's capacity from which on it is full, above 0 to 1; null: 1
 * @param maxPerHour alerts of an hour of capture time, 1..100000; those above are left out
 * @param matchAll whether a rule of passes that leaves no pass out is meant
 * @param version grows with every change of this rule
 * @param changedBy who changed it, or null
 * @param removed the rule is gone
 */
@RecordBuilder
public record Rule(
    String ruleId,
    String name,
    boolean enabled,
    RuleTrigger trigger,
    RuleConditions conditions,
    @Nullable RuleTimes times,
    @Nullable String longerThan,
    @Nullable Double fill,
    int maxPerHour,
    boolean matchAll,
    long version,
    Instant changedAt,
    @Nullable String changedBy,
    boolean removed)
    implements RuleBuilder.With {

  /** Alerts of an hour, where a rule does not say. */
  public static final int DEFAULT_MAX_PER_HOUR = 600;

  private static final int LONGEST_NAME = 200;
  private static final int MOST_PER_HOUR = 100_000;
  private static final Duration LONGEST = Duration.ofDays(365);

  public Rule {
    ListIds.require("rule_id", ruleId);
    ListIds.requireText("name", name, LONGEST_NAME);
    if (name.isBlank()) {
      throw new IllegalArgumentException("name: found nothing, expected a text");
    }
    ListIds.requireText("changed_by", changedBy, LONGEST_NAME);
    Spans.require("longer_than", longerThan, LONGEST);
    if (fill != null && !(fill > 0 && fill <= 1)) {
      throw new IllegalArgumentException(
          "fill: found %s, expected more than 0 and at most 1".formatted(fill));
    }
    if (maxPerHour < 1 || maxPerHour > MOST_PER_HOUR) {
      throw new IllegalArgumentException(
          "max_per_hour: found %d, expected 1 to %d".formatted(maxPerHour, MOST_PER_HOUR));
    }
    Set<String> present = conditions.present();
    requireFitting(trigger, present, "times", times != null);
    requireFitting(trigger, present, "longer_than", longerThan != null);
    requireFitting(trigger, present, "fill", fill != null);
    boolean all = present.isEmpty() || present.equals(Set.of("pattern")) && conditions.anyPlate();
    if (trigger == RuleTrigger.PASS && all && !matchAll && !removed) {
      throw new IllegalArgumentException(
          "rule_id: found '%s', which every pass meets; expected a condition, or match_all: true with it"
              .formatted(ruleId));
    }
  }

  /** A rule in its first version, in force. */
  public static Rule of(
      String ruleId, String name, RuleTrigger trigger, RuleConditions conditions) {
    return new Rule(
        ruleId,
        name,
        true,
        trigger,
        conditions,
        null,
        null,
        null,
        DEFAULT_MAX_PER_HOUR,
        false,
        0,
        Instant.EPOCH,
        null,
        false);
  }

  private static void requireFitting(
      RuleTrigger trigger, Set<String> present, String another, boolean there) {
    if (there) {
      present.add(another);
    }
    for (String name : present) {
      if (!trigger.allows(name)) {
        throw new IllegalArgumentException(
            "%s: found with the trigger %s, which has no such condition"
                .formatted(name, trigger.label()));
      }
    }
  }

  /** Whether it raises alerts. */
  public boolean inForce() {
    return enabled && !removed;
  }

  /** {@link #longerThan}, or null. */
  public @Nullable Duration span() {
    return longerThan == null ? null : Spans.parse("longer_than", longerThan);
  }

  /** The id and the version: what was judged by it need not be judged again. */
  public String judge() {
    return ruleId + " v" + version;
  }
}
