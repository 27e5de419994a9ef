package io.plateflow.schemas.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plateflow.schemas.avro.RuleEvent;
import io.plateflow.schemas.event.RuleEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleTest {

  private static final RuleConditions TRUCKS =
      RuleConditions.NONE.withVehicleClasses(List.of("Truck"));
  private static final Rule RULE = Rule.of("r1", "Trucks", RuleTrigger.PASS, TRUCKS);

  @Test
  void itsEventSaysAllThatItSays() {
    Rule rule =
        new Rule(
            "r1",
            "Third truck",
            false,
            RuleTrigger.PASS,
            new RuleConditions(
                List.of("staff"),
                List.of("*"),
                "b 12*",
                List.of("TRUCK"),
                List.of("red"),
                List.of("police"),
                List.of("cam-1"),
                List.of("north"),
                List.of("Entry"),
                List.of("left"),
                "22:00-06:00"),
            new RuleTimes(3, "24h"),
            null,
            null,
            7,
            true,
            9,
            Instant.ofEpochMilli(1234),
            "anna",
            true);

    assertThat(RuleEvents.rule(RuleEvents.rule(rule))).isEqualTo(rule);
    assertThat(rule.conditions().pattern()).isEqualTo("B12*");
    assertThat(rule.conditions().vehicleClasses()).containsExactly("truck");
    assertThat(rule.conditions().gates()).containsExactly("entry");
    Rule overstay =
        Rule.of("o", "Long", RuleTrigger.OVERSTAY, RuleConditions.NONE).withLongerThan("2h");
    assertThat(RuleEvents.rule(RuleEvents.rule(overstay))).isEqualTo(overstay);
    assertThat(overstay.span()).isEqualTo(Duration.ofHours(2));
  }

  @Test
  void aRuleThatEveryPassMeetsMustBeMeant() {
    for (RuleConditions all : List.of(RuleConditions.NONE, RuleConditions.NONE.withPattern("*"))) {
      assertThatThrownBy(() -> Rule.of("all", "All", RuleTrigger.PASS, all))
          .hasMessage(
              "rule_id: found 'all', which every pass meets; expected a condition, or match_all: true with it");
      assertThat(RULE.withMatchAll(true).withConditions(all).conditions()).isEqualTo(all);
      // To remove one nobody needs to say it again.
      assertThat(RULE.withRemoved(true).withConditions(all).inForce()).isFalse();
    }
    // One of cameras is about those in it.
    assertThat(Rule.of("c", "C", RuleTrigger.CAMERA_DOWN, RuleConditions.NONE).inForce()).isTrue();
  }

  @Test
  void aConditionThatItsTriggerDoesNotHaveIsRefused() {
    assertThatThrownBy(() -> Rule.of("r", "R", RuleTrigger.DISK_LOW, TRUCKS))
        .hasMessage(
            "vehicle_classes: found with the trigger disk_low, which has no such condition");
    assertThatThrownBy(() -> RULE.withLongerThan("2h"))
        .hasMessageStartingWith("longer_than: found with the trigger pass");
    assertThatThrownBy(() -> RULE.withFill(0.5))
        .hasMessageStartingWith("fill: found with the trigger pass");
    assertThatThrownBy(
            () ->
                Rule.of("r", "R", RuleTrigger.OVERSTAY, RuleConditions.NONE)
                    .withTimes(new RuleTimes(2, "1h")))
        .hasMessageStartingWith("times: found with the trigger overstay");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          trigger      | passed       | trigger: found 'passed', expected one of [pass, overstay, occupancy, camera_down, disk_low]
          pattern      | -            | pattern: found '-', expected 1 to 40 letters, digits, ? and *
          hours        | 25:00-26:00  | hours: found '25:00' in '25:00-26:00', expected a time
          within       | 24h          | times, within: found null and 24h, expected both or neither
          rule_id      | a b          | rule_id: found 'a b', expected 1 to 100 letters
          max_per_hour | 0            | max_per_hour: found 0, expected 1 to 100000
          times        | 1            | times: found 1, expected 2 to 100
          gates        | door         | gates: found 'door', expected one of [entry, exit, passage]
          directions   | up           | directions: found 'up', expected one of [towards, away, left, right, standing]
          not_on_lists | *,staff      | not_on_lists: found [*, staff], expected '*' alone or ids of lists
          lists        | a b          | lists: found 'a b', expected 1 to 100 letters
          """)
  void whatIsWrongIsNamed(String field, String value, String message) {
    RuleEvent event = RuleEvents.rule(RULE);
    switch (field) {
      case "times" -> {
        event.put("times", 1);
        event.put("within", "1h");
      }
      case "max_per_hour" -> event.put(field, Integer.parseInt(value));
      case "gates", "directions", "not_on_lists", "lists" ->
          event.put(field, List.of(value.split(",")));
      default -> event.put(field, value);
    }
    assertThatThrownBy(() -> RuleEvents.rule(event))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void spansAndSitesHaveBounds() {
    assertThatThrownBy(() -> new RuleTimes(2, "31d"))
        .hasMessage("within: found 31d, expected more than 0 and at most 30d");
    assertThatThrownBy(() -> new RuleTimes(2, "soon"))
        .hasMessageStartingWith("within: found 'soon', expected a duration");
    assertThatThrownBy(() -> site(0, null, null))
        .hasMessage("capacity: found 0, expected 1 to 1000000");
    assertThatThrownBy(() -> site(1, "0s", null))
        .hasMessageStartingWith("limit: found 0s, expected more than 0");
    assertThatThrownBy(() -> site(1, null, "5m"))
        .hasMessage("grace: found 5m, expected a limit with it");
    Site site = site(40, "2h", "10m");
    assertThat(RuleEvents.site(RuleEvents.site(site))).isEqualTo(site);
  }

  private static Site site(Integer capacity, String limit, String grace) {
    return new Site("north", "North", capacity, limit, grace, 1, Instant.EPOCH, null, false);
  }
}
