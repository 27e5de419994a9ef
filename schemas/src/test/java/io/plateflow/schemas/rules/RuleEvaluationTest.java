package io.plateflow.schemas.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.camera.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RuleEvaluationTest {

  private static final RuleConditions NONE = RuleConditions.NONE;
  private static final Instant NOON = Instant.parse("2026-08-17T05:00:00Z");
  private static final RuleFacts TRUCK =
      new RuleFacts(
          "p1",
          NOON,
          new Place("cam-1", "Gate 1", GateType.ENTRY, "Asia/Jakarta", "north"),
          "B1234CD",
          "truck",
          "yellow",
          "public",
          "towards",
          List.of("staff", "paid"));

  @Test
  void everyConditionIsMetByItsValuesAndByNoOthers() {
    assertMeets(NONE.withLists(List.of("other", "paid")), NONE.withLists(List.of("other")));
    assertMeets(NONE.withNotOnLists(List.of("other")), NONE.withNotOnLists(List.of("x", "paid")));
    assertMeets(NONE.withPattern("B12??*"), NONE.withPattern("B12??"));
    assertMeets(
        NONE.withVehicleClasses(List.of("bus", "TRUCK")), NONE.withVehicleClasses(List.of("car")));
    assertMeets(NONE.withPlateColors(List.of("yellow")), NONE.withPlateColors(List.of("red")));
    assertMeets(NONE.withPlateTypes(List.of("public")), NONE.withPlateTypes(List.of("police")));
    assertMeets(NONE.withCameras(List.of("cam-1")), NONE.withCameras(List.of("cam-2")));
    assertMeets(NONE.withSites(List.of("north")), NONE.withSites(List.of("south")));
    assertMeets(NONE.withGates(List.of("entry")), NONE.withGates(List.of("exit", "passage")));
    assertMeets(NONE.withDirections(List.of("towards")), NONE.withDirections(List.of("away")));
    assertMeets(NONE.withHours("11:00-13:00"), NONE.withHours("13:00-11:00"));
    // All of them must be met.
    assertThat(meets(NONE.withPattern("B*").withGates(List.of("exit")), TRUCK)).isFalse();
  }

  private static void assertMeets(RuleConditions met, RuleConditions not) {
    assertThat(meets(met, TRUCK)).as("%s", met).isTrue();
    assertThat(meets(not, TRUCK)).as("%s", not).isFalse();
  }

  @Test
  void onNoListIsSaidOfPlatesThatWereRead() {
    RuleConditions stranger = NONE.withNotOnLists(List.of("*"));
    assertThat(meets(stranger, TRUCK)).isFalse();
    assertThat(meets(stranger, plate("X1", List.of()))).isTrue();
    assertThat(meets(stranger, plate("", List.of()))).isFalse();
    // What is about the vehicle needs no plate.
    assertThat(meets(NONE.withVehicleClasses(List.of("truck")), plate("", List.of()))).isTrue();
  }

  @Test
  void hoursGoOverMidnightAndOverTheChangeOfClocks() {
    RuleConditions nights = NONE.withHours("Sa 22:00-06:00");
    // 2026-08-15 is a Saturday; Jakarta is seven hours ahead.
    assertThat(meets(nights, at("2026-08-15T14:59:59Z", "Asia/Jakarta"))).isFalse();
    assertThat(meets(nights, at("2026-08-15T15:00:00Z", "Asia/Jakarta"))).isTrue();
    assertThat(meets(nights, at("2026-08-15T22:59:59Z", "Asia/Jakarta"))).isTrue();
    assertThat(meets(nights, at("2026-08-15T23:00:00Z", "Asia/Jakarta"))).isFalse();
    // On 2026-10-25 the hour from two comes twice in Berlin.
    RuleConditions two = NONE.withHours("02:00-03:00");
    assertThat(meets(two, at("2026-10-25T00:30:00Z", "Europe/Berlin"))).isTrue();
    assertThat(meets(two, at("2026-10-25T01:30:00Z", "Europe/Berlin"))).isTrue();
    assertThat(meets(two, at("2026-10-25T02:00:00Z", "Europe/Berlin"))).isFalse();
  }

  @Test
  void countsThePassesOfTheSpanThatMeetTheRest() {
    RuleEvaluation third =
        new RuleEvaluation(
            Rule.of("r", "Third", RuleTrigger.PASS, NONE.withGates(List.of("entry")))
                .withTimes(new RuleTimes(3, "1h")));
    RuleFacts a = minute("a", 0, GateType.ENTRY);
    RuleFacts exit = minute("x", 10, GateType.EXIT);
    RuleFacts b = minute("b", 30, GateType.ENTRY);
    RuleFacts c = minute("c", 59, GateType.ENTRY);
    RuleFacts d = minute("d", 61, GateType.ENTRY);
    RuleFacts e = minute("e", 120, GateType.ENTRY);
    List<RuleFacts> all = List.of(a, exit, b, c, d, e);

    assertThat(all.stream().filter(p -> third.fires(p, all)))
        .extracting(RuleFacts::id)
        // At 61 the first is out of the hour, and b, c and d are three; at 120 only d and e are in.
        .containsExactly("c", "d");
    // An hour ago is not within the hour.
    RuleFacts onTheHour = minute("f", 60, GateType.ENTRY);
    assertThat(third.fires(onTheHour, List.of(a, b, onTheHour))).isFalse();
    assertThat(third.span()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void theOrderOfArrivalDoesNotMatter() {
    RuleEvaluation second =
        new RuleEvaluation(
            Rule.of("r", "Second", RuleTrigger.PASS, NONE.withGates(List.of("entry")))
                .withTimes(new RuleTimes(2, "10m")));
    List<RuleFacts> passes = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      // Two of each moment.
      passes.add(minute("p" + i, (i / 2) * 7 % 60, GateType.ENTRY));
    }
    List<String> expected = fired(second, passes);
    assertThat(expected).hasSizeGreaterThan(10);
    for (int seed = 0; seed < 5; seed++) {
      Collections.shuffle(passes, new Random(seed));
      assertThat(fired(second, passes)).isEqualTo(expected);
    }
  }

  private static List<String> fired(RuleEvaluation rule, List<RuleFacts> passes) {
    return passes.stream().filter(p -> rule.fires(p, passes)).map(RuleFacts::id).sorted().toList();
  }

  @Test
  void lookAlikesAreOneVehicleAndHashesAreNot() {
    assertThat(plate("B0O1", List.of()).plateClass())
        .isEqualTo(plate("B001", List.of()).plateClass());
    assertThat(plate("#0000000000000001", List.of()).plateClass()).isEqualTo("#0000000000000001");
  }

  private static boolean meets(RuleConditions conditions, RuleFacts facts) {
    return new RuleEvaluation(Rule.of("r", "R", RuleTrigger.PASS, conditions)).meets(facts);
  }

  private static RuleFacts plate(String plate, List<String> lists) {
    return new RuleFacts("p", NOON, TRUCK.place(), plate, "truck", null, null, "away", lists);
  }

  private static RuleFacts at(String time, String zone) {
    return RuleFacts.of(
        "p", Instant.parse(time), new Place("c", "G", GateType.ENTRY, zone, "north"));
  }

  private static RuleFacts minute(String id, int minute, GateType gate) {
    return new RuleFacts(
        id,
        NOON.plusSeconds(60L * minute),
        new Place("c", "G", gate, "UTC", "north"),
        "B1",
        null,
        null,
        null,
        "",
        List.of());
  }
}
