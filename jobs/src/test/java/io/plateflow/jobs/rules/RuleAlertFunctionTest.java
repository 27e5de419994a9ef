package io.plateflow.jobs.rules;

import static io.plateflow.jobs.TestFrames.START;
import static io.plateflow.jobs.TestFrames.pass;
import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.jobs.pass.SideOutputs;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.camera.Place;
import io.plateflow.schemas.rules.Rule;
import io.plateflow.schemas.rules.RuleAlert;
import io.plateflow.schemas.rules.RuleConditions;
import io.plateflow.schemas.rules.RuleFacts;
import io.plateflow.schemas.rules.RuleTrigger;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class RuleAlertFunctionTest {

  private static final Rule CARS =
      Rule.of(
              "cars",
              "Cars",
              RuleTrigger.PASS,
              RuleConditions.NONE.withVehicleClasses(List.of("car")))
          .withMaxPerHour(2);
  private static final Rule DOWN =
      Rule.of("down", "Down", RuleTrigger.CAMERA_DOWN, RuleConditions.NONE);

  @Test
  void revisionsFollowWhatThePassTurnsOutToBe() throws Exception {
    try (var harness = harness()) {
      harness.open();
      RuleVerdict seen = verdict("p1", "B1", false);
      harness.processElement(new StreamRecord<>(seen));
      harness.processElement(new StreamRecord<>(seen));
      // Two keys tell, in either order: the new plate first.
      harness.processElement(new StreamRecord<>(verdict("p1", "X9", true)));
      harness.processElement(new StreamRecord<>(seen.not()));
      harness.processElement(new StreamRecord<>(verdict("p1", "X9", true).not()));
      harness.processElement(new StreamRecord<>(verdict("p1", "X9", true)));
      assertThat(harness.extractOutputValues().stream().map(RuleAlertFunctionTest::text))
          .containsExactly(
              "p1:cars 0 PROVISIONAL B1",
              "p1:cars 1 CORRECTED X9",
              "p1:cars 2 CONFIRMED X9",
              "p1:cars 3 WITHDRAWN X9",
              "p1:cars 4 CORRECTED X9");
      harness.processWatermark(new Watermark(START.plusSeconds(2 * 3600).toEpochMilli()));
      assertThat(harness.numEventTimeTimers()).isZero();
      // The hour's count stays.
      assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
    }
  }

  @Test
  void aRuleThatFiresOnEveryPassIsCappedAndThatIsSaidOnce() throws Exception {
    try (var harness = harness()) {
      harness.open();
      for (int i = 0; i < 9; i++) {
        harness.processElement(new StreamRecord<>(verdict("p" + i, "B" + i, true)));
      }
      // What was told is still revised, and what was not is not withdrawn.
      harness.processElement(new StreamRecord<>(verdict("p0", "B0", true).not()));
      harness.processElement(new StreamRecord<>(verdict("p8", "B8", true).not()));
      assertThat(harness.extractOutputValues().stream().map(RuleAlertFunctionTest::text))
          .containsExactly(
              "p0:cars 0 CONFIRMED B0", "p1:cars 0 CONFIRMED B1", "p0:cars 1 WITHDRAWN B0");
      assertThat(harness.getSideOutput(SideOutputs.REJECTED))
          .singleElement()
          .satisfies(
              said -> {
                assertThat(said.getValue().kind()).isEqualTo("rule-cap");
                assertThat(said.getValue().reason())
                    .startsWith("Rule cars (Cars): met more than 2 times in the hour from ");
              });
    }
  }

  @Test
  void whatGoesOnIsProvisionalAndConfirmedWhenItIsOver() throws Exception {
    try (var harness = harness()) {
      harness.open();
      RuleVerdict down =
          RuleVerdict.met(
              DOWN,
              RuleAlert.Subject.of(
                  RuleFacts.of(
                      "cam-1@5",
                      START,
                      new Place("cam-1", "cam-1", GateType.PASSAGE, "UTC", "default"))),
              "",
              "refused",
              false);
      harness.processElement(new StreamRecord<>(down));
      harness.processElement(new StreamRecord<>(down.ended("over after 3m")));
      assertThat(harness.extractOutputValues())
          .extracting(a -> text(a) + a.detail())
          .containsExactly(
              "cam-1@5:down 0 PROVISIONAL refused", "cam-1@5:down 1 CONFIRMED over after 3m");
      assertThat(harness.numEventTimeTimers()).isZero();
    }
  }

  private static String text(RuleAlert alert) {
    return "%s %d %s %s".formatted(alert.alertId(), alert.revision(), alert.state(), alert.plate());
  }

  private static RuleVerdict verdict(String passId, String plate, boolean over) {
    return RuleVerdict.met(
        CARS, RuleAlert.Subject.of(pass(passId, plate)), "plate " + plate, "", over);
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, RuleVerdict, RuleAlert> harness()
      throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new KeyedProcessOperator<>(new RuleAlertFunction(Duration.ofHours(1))),
        RuleVerdict::ruleId,
        Types.STRING);
  }
}
