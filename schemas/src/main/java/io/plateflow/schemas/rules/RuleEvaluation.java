package io.plateflow.schemas.rules;

import io.plateflow.schemas.lists.PlatePattern;
import io.plateflow.schemas.lists.WeeklyHours;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates one rule. The result depends on what happened and nothing else: neither on the order in
 * which it arrives nor on the clock.
 */
public final class RuleEvaluation {

  private final Rule rule;
  private final @Nullable PlatePattern pattern;
  private final @Nullable WeeklyHours hours;
  private final boolean aboutPlate;

  public RuleEvaluation(Rule rule) {
    this.rule = rule;
    RuleConditions conditions = rule.conditions();
    String text = conditions.pattern();
    this.pattern = text == null ? null : PlatePattern.parse(text);
    String open = conditions.hours();
    this.hours = open == null ? null : WeeklyHours.parse(open);
    this.aboutPlate =
        pattern != null
            || rule.times() != null
            || !conditions.lists().isEmpty()
            || !conditions.notOnLists().isEmpty();
  }

  public Rule rule() {
    return rule;
  }

  /** Whether all conditions are met but the number of times. */
  public boolean meets(RuleFacts facts) {
    RuleConditions c = rule.conditions();
    return (!aboutPlate || !facts.plate().isEmpty())
        && holds(c.cameras(), facts.place().cameraId())
        && holds(c.sites(), facts.place().site())
        && holds(c.gates(), facts.place().gate().label())
        && holds(c.vehicleClasses(), facts.vehicleClass())
        && holds(c.plateColors(), facts.plateColor())
        && holds(c.plateTypes(), facts.plateType())
        && holds(c.directions(), facts.direction())
        && (pattern == null || pattern.matches(facts.plate()))
        && onOne(c.lists(), facts.lists())
        && onNone(c.notOnLists(), facts.lists())
        && open(facts);
  }

  /**
   * Whether it fires at a pass.
   *
   * @param passes of the same plate, each id once; those from before its span may be left out
   */
  public boolean fires(RuleFacts pass, Collection<RuleFacts> passes) {
    RuleTimes times = rule.times();
    if (!meets(pass)) {
      return false;
    }
    if (times == null) {
      return true;
    }
    Instant after = pass.at().minus(times.span());
    long seen =
        passes.stream()
            .filter(other -> other.at().isAfter(after))
            .filter(other -> RuleFacts.BY_TIME.compare(other, pass) <= 0)
            .filter(this::meets)
            .count();
    return seen >= times.count();
  }

  /** How long passes must be kept for it; zero where it looks at one alone. */
  public Duration span() {
    RuleTimes times = rule.times();
    return times == null ? Duration.ZERO : times.span();
  }

  private static boolean holds(List<String> wanted, @Nullable String found) {
    return wanted.isEmpty() || found != null && wanted.contains(found);
  }

  private static boolean onOne(List<String> wanted, List<String> found) {
    return wanted.isEmpty() || wanted.stream().anyMatch(found::contains);
  }

  private static boolean onNone(List<String> unwanted, List<String> found) {
    return unwanted.contains(RuleConditions.ANY_LIST)
        ? found.isEmpty()
        : unwanted.stream().noneMatch(found::contains);
  }

  private boolean open(RuleFacts facts) {
    return hours == null
        || hours.openWithin(facts.at(), facts.at(), ZoneId.of(facts.place().timezone()));
  }
}
