package io.plateflow.jobs.rules;

import static io.plateflow.jobs.TestFrames.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.clients.rules.RuleChange;
import io.plateflow.clients.rules.RuleRecord;
import io.plateflow.jobs.TestFrames;
import io.plateflow.jobs.pass.PassUpdate.Stage;
import io.plateflow.jobs.pass.RulePass;
import io.plateflow.schemas.pass.PassFrame;
import io.plateflow.schemas.pass.VehiclePass;
import io.plateflow.schemas.rules.Rule;
import io.plateflow.schemas.rules.RuleConditions;
import io.plateflow.schemas.rules.RuleTimes;
import io.plateflow.schemas.rules.RuleTrigger;
import java.time.Duration;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.junit.jupiter.api.Test;

class RuleFunctionTest {

  private static final Duration SETTLE = Duration.ofHours(1);
  private static final Rule CARS =
      Rule.of(
          "cars", "Cars", RuleTrigger.PASS, RuleConditions.NONE.withVehicleClasses(List.of("car")));
  private static final Rule STRANGERS =
      Rule.of(
          "strangers",
          "Strangers",
          RuleTrigger.PASS,
          RuleConditions.NONE.withNotOnLists(List.of("*")));
  private static final Rule TWICE =
      Rule.of("twice", "Twice", RuleTrigger.PASS, RuleConditions.NONE.withSites(List.of("default")))
          .withTimes(new RuleTimes(2, "2h"));

  @Test
  void aPassIsJudgedWhileItIsInViewAndWhenItHasEnded() throws Exception {
    try (RuleHarness<RulePass> harness = harness(List.of(CARS, STRANGERS))) {
      harness.open();
      assertThat(harness.tell(pass("p1", "B1", 0, Stage.PROVISIONAL)))
          .containsExactly("p1 cars", "p1 strangers");
      assertThat(harness.tell(pass("p1", "B1", 0, Stage.PROVISIONAL))).isEmpty();
      assertThat(harness.tell(pass("p1", "B1", 0, Stage.FINISHED)))
          .containsExactly("p1 cars.", "p1 strangers.");
      // Without a text nobody knows that it is on no list.
      assertThat(harness.tell(pass("p2", null, 0, Stage.FINISHED))).containsExactly("p2 cars.");
    }
  }

  @Test
  void whatTurnsOutOtherwiseIsTakenBack() throws Exception {
    try (RuleHarness<RulePass> harness = harness(List.of(STRANGERS))) {
      harness.open();
      VehiclePass first = TestFrames.pass("p1", "B1");
      harness.tell(RulePass.of(first, false));
      VehiclePass other = TestFrames.pass("p1", "X9");
      assertThat(RulePass.retracted(first, List.of("B1"), first)).isEmpty();
      List<RulePass> told = RulePass.retracted(first, List.of("X9"), other);
      assertThat(told).extracting(RulePass::retracted).containsExactly(true);
      assertThat(harness.tell(told.get(0))).containsExactly("p1 not strangers.");
      assertThat(harness.tell(RulePass.of(other, true))).containsExactly("p1 strangers.");
      assertThat(harness.tell(RulePass.retracted(other))).containsExactly("p1 not strangers.");
      assertThat(harness.tell(RulePass.retracted(other))).isEmpty();
    }
  }

  @Test
  void countsPassesInWhateverOrderTheyArrive() throws Exception {
    try (RuleHarness<RulePass> harness = harness(List.of(TWICE))) {
      harness.open();
      assertThat(harness.tell(pass("p2", "B1", 60, Stage.FINISHED))).isEmpty();
      assertThat(harness.tell(pass("p2", "B1", 60, Stage.FINISHED))).isEmpty();
      // Half an hour before it, and late: the other one is the second by it.
      assertThat(harness.tell(pass("p1", "B1", 30, Stage.FINISHED))).containsExactly("p2 twice.");
      assertThat(harness.tell(pass("p3", "B1", 140, Stage.FINISHED))).containsExactly("p3 twice.");
      assertThat(harness.tell(pass("other", "X9", 140, Stage.FINISHED))).isEmpty();
      // There never was the first one.
      assertThat(harness.tell(RulePass.retracted(pass("p1", "B1", 30, Stage.FINISHED).pass())))
          .containsExactly("p2 not twice.");
    }
  }

  @Test
  void aRuleThatComesLaterDoesNotJudgeWhatHasEnded() throws Exception {
    try (RuleHarness<RulePass> harness = harness(List.of(TWICE))) {
      harness.open();
      harness.tell(pass("p1", "B1", 0, Stage.FINISHED));
      harness.tell(pass("p2", "B1", 10, Stage.PROVISIONAL));
      harness.rule(CARS);
      harness.rule(TWICE.withRuleId("thrice").withTimes(new RuleTimes(3, "2h")));
      harness.rule(TWICE.withRuleId("again").withTimes(new RuleTimes(2, "2h")));
      assertThat(harness.tell(pass("p2", "B1", 10, Stage.FINISHED)))
          .containsExactly("p2 again.", "p2 cars.", "p2 twice.");
      assertThat(harness.tell(pass("p0", "B1", -10, Stage.FINISHED)))
          .as("p1 is the second now for the rule that it knew; the new one leaves it alone")
          .containsExactlyInAnyOrder("p0 cars.", "p1 twice.", "p2 thrice.");
    }
  }

  @Test
  void whatARuleToldBeforeItWentEndsWithThePass() throws Exception {
    try (RuleHarness<RulePass> harness = harness(List.of(CARS))) {
      harness.open();
      harness.tell(pass("p1", "B1", 0, Stage.PROVISIONAL));
      harness.rule(CARS.withVersion(2).withRemoved(true));
      harness.rule(CARS.withVersion(1));
      assertThat(harness.tell(pass("p1", "B1", 0, Stage.FINISHED))).containsExactly("p1 cars.");
      assertThat(harness.tell(pass("p2", "B2", 0, Stage.FINISHED))).isEmpty();
    }
  }

  @Test
  void keepsPassesAsLongAsTheyCountAndNoLonger() throws Exception {
    OperatorSubtaskState kept;
    try (RuleHarness<RulePass> harness = harness(List.of(TWICE))) {
      harness.open();
      harness.tell(pass("p1", "B1", 0, Stage.FINISHED));
      harness.tell(pass("p2", "X9", 0, Stage.FINISHED));
      watermark(harness, 119);
      kept = harness.snapshot(1, 1);
    }
    try (RuleHarness<RulePass> harness = harness(List.of())) {
      harness.initializeState(kept);
      harness.open();
      // The rules of the snapshot are none here: those in state count.
      harness.rule(TWICE);
      assertThat(harness.tell(pass("p3", "B1", 119, Stage.FINISHED))).containsExactly("p3 twice.");
      watermark(harness, 250);
      assertThat(harness.numKeyedStateEntries()).isZero();
      assertThat(harness.numEventTimeTimers()).isZero();
    }
  }

  @Test
  void whatNoRuleIsAboutIsNotKept() throws Exception {
    try (RuleHarness<RulePass> harness = harness(List.of(TWICE, CARS.withEnabled(false)))) {
      harness.open();
      harness.rule(
          TWICE.withVersion(2).withConditions(RuleConditions.NONE.withSites(List.of("other"))));
      assertThat(harness.tell(pass("p1", "B1", 0, Stage.FINISHED))).isEmpty();
      assertThat(harness.numKeyedStateEntries()).isZero();
      assertThat(harness.numEventTimeTimers()).isZero();
    }
  }

  @Test
  void oneVehicleThatDrivesToAndFroIsBounded() throws Exception {
    try (RuleHarness<RulePass> harness = harness(List.of(CARS))) {
      harness.open();
      for (int i = 0; i < RuleFunction.MOST_PASSES + 5; i++) {
        harness.tell(pass("p%04d".formatted(i), "B1", 0, Stage.FINISHED));
      }
      assertThat(harness.tell(RulePass.retracted(pass("p0004", "B1", 0, Stage.FINISHED).pass())))
          .isEmpty();
      assertThat(harness.tell(RulePass.retracted(pass("p0005", "B1", 0, Stage.FINISHED).pass())))
          .containsExactly("p0005 not cars.");
    }
  }

  private static void watermark(RuleHarness<RulePass> harness, int minutes) throws Exception {
    long at = START.plusSeconds(60L * minutes).toEpochMilli();
    harness.processWatermark1(new Watermark(at));
    harness.processWatermark2(new Watermark(at));
  }

  private static RulePass pass(String id, String plate, int minutes, Stage stage) {
    VehiclePass pass = TestFrames.pass(id, plate);
    VehiclePass at =
        new VehiclePass(
            pass.passId(),
            pass.revision(),
            pass.place(),
            pass.seen(),
            new PassFrame(START.plusSeconds(60L * minutes), pass.frame().size(), 8),
            pass.pairing(),
            pass.vehicle(),
            pass.plate(),
            null,
            pass.evidence(),
            pass.direction(),
            List.of());
    return RulePass.of(at, stage != Stage.PROVISIONAL);
  }

  private static RuleHarness<RulePass> harness(List<Rule> atStart) throws Exception {
    return new RuleHarness<>(
        new RuleFunction(() -> atStart.stream().<RuleRecord>map(RuleChange::new).toList(), SETTLE),
        RulePass::key);
  }
}
