package io.plateflow.jobs.rules;

import static io.plateflow.jobs.TestFrames.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.clients.rules.RuleChange;
import io.plateflow.clients.rules.RuleRecord;
import io.plateflow.clients.rules.SiteChange;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.camera.Place;
import io.plateflow.schemas.parking.GateEvent;
import io.plateflow.schemas.parking.ParkingVisit;
import io.plateflow.schemas.parking.VisitState;
import io.plateflow.schemas.parking.VisitUpdate;
import io.plateflow.schemas.rules.Rule;
import io.plateflow.schemas.rules.RuleConditions;
import io.plateflow.schemas.rules.RuleTrigger;
import io.plateflow.schemas.rules.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.junit.jupiter.api.Test;

class VisitRuleFunctionTest {

  private static final Site NORTH =
      new Site("north", null, 2, "60m", "10m", 1, Instant.EPOCH, null, false);
  private static final Rule LONG =
      Rule.of("long", "Long", RuleTrigger.OVERSTAY, RuleConditions.NONE);
  private static final Rule FULL =
      Rule.of("full", "Full", RuleTrigger.OCCUPANCY, RuleConditions.NONE);

  @Test
  void aVehicleThatStaysBeyondLimitAndGraceIsToldWhenItDoes() throws Exception {
    try (RuleHarness<VisitUpdate> harness = visits(new SiteChange(NORTH), new RuleChange(LONG))) {
      harness.open();
      assertThat(harness.tell(visit("v1", VisitState.OPEN, 0, 0))).isEmpty();
      watermark(harness, 70 * 60);
      assertThat(harness.verdicts()).isEmpty();
      watermark(harness, 70 * 60 + 1);
      assertThat(harness.verdicts()).containsExactly("v1 long on site for more than 70m");
      // Told again and again, as visits are.
      assertThat(harness.tell(visit("v1", VisitState.OPEN, 0, 0))).isEmpty();
      assertThat(harness.tell(visit("v1", VisitState.CLOSED, 0, 90)))
          .containsExactly("v1 long. left after 90m");
      assertThat(harness.tell(visit("v1", VisitState.CLOSED, 0, 90))).isEmpty();
      // A late pass shows that it left in time.
      assertThat(harness.tell(visit("v1", VisitState.CLOSED, 0, 50)))
          .containsExactly("v1 not long. left after 90m");
      watermark(harness, 300 * 60);
      assertThat(harness.numKeyedStateEntries()).isZero();
      assertThat(harness.numEventTimeTimers()).isZero();
    }
  }

  @Test
  void anExitMayComeBeforeTheTimeOfTheCameras() throws Exception {
    try (RuleHarness<VisitUpdate> harness = visits(new SiteChange(NORTH), new RuleChange(LONG))) {
      harness.open();
      harness.tell(visit("v1", VisitState.OPEN, 0, 0));
      assertThat(harness.tell(visit("v1", VisitState.CLOSED, 0, 71)))
          .containsExactly("v1 long on site for more than 70m", "v1 long. left after 71m");
      harness.tell(visit("v2", VisitState.OPEN, 0, 0));
      assertThat(harness.tell(visit("v2", VisitState.CLOSED, 0, 70))).isEmpty();
      assertThat(harness.tell(visit("v3", VisitState.CLOSED, 0, 100))).hasSize(2);
      // One that was over before there was a rule stays as it was.
      harness.rule(LONG.withRuleId("new"));
      assertThat(harness.tell(visit("v3", VisitState.CLOSED, 0, 100))).isEmpty();
    }
  }

  @Test
  void aRuleHasALimitOfItsOwnAndIsNoticedForThoseOnSite() throws Exception {
    try (RuleHarness<VisitUpdate> harness = visits()) {
      harness.open();
      harness.tell(visit("v1", VisitState.OPEN, 0, 0));
      watermark(harness, 30 * 60);
      harness.rule(LONG.withLongerThan("15m"));
      watermark(harness, 40 * 60);
      assertThat(harness.verdicts()).containsExactly("v1 long on site for more than 15m");
      assertThat(harness.tell(VisitUpdate.removed("v1", "B1")))
          .containsExactly("v1 not long. on site for more than 15m");
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void theEndOfTheRecordingsIsNoTime() throws Exception {
    try (RuleHarness<VisitUpdate> harness = visits(new SiteChange(NORTH), new RuleChange(LONG))) {
      harness.open();
      harness.tell(visit("v1", VisitState.OPEN, 0, 0));
      harness.processWatermark1(Watermark.MAX_WATERMARK);
      harness.processWatermark2(Watermark.MAX_WATERMARK);
      assertThat(harness.verdicts()).isEmpty();
    }
  }

  @Test
  void aSiteIsFullOnceAndNoMoreWhenSomebodyLeaves() throws Exception {
    try (RuleHarness<VisitUpdate> visits = visits();
        RuleHarness<SiteMove> sites =
            new RuleHarness<>(
                new OccupancyFunction(() -> List.of(new SiteChange(NORTH), new RuleChange(FULL))),
                SiteMove::site)) {
      visits.open();
      sites.open();
      assertThat(told(visits, sites, visit("v1", VisitState.OPEN, 0, 0))).isEmpty();
      assertThat(told(visits, sites, visit("v1", VisitState.OPEN, 0, 0))).isEmpty();
      String at = "north@" + START.plusSeconds(60).toEpochMilli();
      assertThat(told(visits, sites, visit("v2", VisitState.OPEN, 1, 0)))
          .containsExactly(at + " full 2 vehicles, room for 2");
      assertThat(told(visits, sites, visit("v3", VisitState.OPEN, 2, 0))).isEmpty();
      assertThat(told(visits, sites, visit("v1", VisitState.CLOSED, 0, 3))).isEmpty();
      assertThat(told(visits, sites, VisitUpdate.removed("v2", "B1")))
          .containsExactly(at + " full. 1 vehicles, room for 2");
      sites.rule(FULL.withRuleId("half").withFill(0.5));
      assertThat(told(visits, sites, visit("v4", VisitState.OPEN, 9, 0)))
          .hasSize(2)
          .anyMatch(verdict -> verdict.contains(" half "));
    }
  }

  private static List<String> told(
      RuleHarness<VisitUpdate> visits, RuleHarness<SiteMove> sites, VisitUpdate update)
      throws Exception {
    Queue<StreamRecord<SiteMove>> before = visits.getSideOutput(VisitRuleFunction.MOVES);
    int seen = before == null ? 0 : before.size();
    visits.tell(update);
    Queue<StreamRecord<SiteMove>> moves = visits.getSideOutput(VisitRuleFunction.MOVES);
    if (moves != null) {
      for (StreamRecord<SiteMove> move : moves.stream().skip(seen).toList()) {
        sites.processElement1(move);
      }
    }
    return sites.verdicts();
  }

  private static void watermark(RuleHarness<?> harness, int seconds) throws Exception {
    Watermark watermark = new Watermark(START.plusSeconds(seconds).toEpochMilli());
    harness.processWatermark1(watermark);
    harness.processWatermark2(watermark);
  }

  private static VisitUpdate visit(String id, VisitState state, int from, int to) {
    Place place = new Place("cam-1", "Gate 1", GateType.ENTRY, "UTC", "north");
    GateEvent in = new GateEvent("in", "B1", START.plusSeconds(60L * from), place, false);
    GateEvent out =
        state == VisitState.CLOSED
            ? new GateEvent("out", "B1", START.plusSeconds(60L * to), place, false)
            : null;
    return VisitUpdate.of(
        new ParkingVisit(
            id, "north", state, in, out, out == null ? null : out.at(), "car", 0, null));
  }

  private static RuleHarness<VisitUpdate> visits(RuleRecord... atStart) throws Exception {
    return new RuleHarness<>(
        new VisitRuleFunction(() -> List.of(atStart), Duration.ofHours(1)), VisitUpdate::visitId);
  }
}
