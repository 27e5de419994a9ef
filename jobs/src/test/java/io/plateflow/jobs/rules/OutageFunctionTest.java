package io.plateflow.jobs.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.clients.rules.RuleChange;
import io.plateflow.schemas.camera.CameraStatus;
import io.plateflow.schemas.rules.Rule;
import io.plateflow.schemas.rules.RuleConditions;
import io.plateflow.schemas.rules.RuleTrigger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutageFunctionTest {

  private static final Rule DOWN =
      Rule.of(
              "down",
              "Down",
              RuleTrigger.CAMERA_DOWN,
              RuleConditions.NONE.withCameras(List.of("cam-1")))
          .withLongerThan("5s");
  private static final Rule DISK =
      Rule.of("disk", "Disk", RuleTrigger.DISK_LOW, RuleConditions.NONE);

  @Test
  void aCameraIsToldWhenItIsDownForLongEnoughAndWhenItIsBack() throws Exception {
    try (RuleHarness<OutageReport> harness = harness()) {
      harness.open();
      harness.setProcessingTime(10_000);
      assertThat(told(harness, "cam-1", CameraStatus.State.DOWN, 10_000)).isEmpty();
      // It is tried again, in vain.
      assertThat(told(harness, "cam-1", CameraStatus.State.CONNECTING, 12_000)).isEmpty();
      assertThat(told(harness, "cam-1", CameraStatus.State.DOWN, 13_000)).isEmpty();
      assertThat(told(harness, "cam-2", CameraStatus.State.DOWN, 10_000)).isEmpty();
      for (int time = 11_000; time < 15_000; time += 1000) {
        harness.setProcessingTime(time);
      }
      assertThat(harness.verdicts()).isEmpty();
      harness.setProcessingTime(15_000);
      assertThat(harness.verdicts()).containsExactly("cam-1@10000 down refused");
      harness.setProcessingTime(16_000);
      assertThat(harness.verdicts()).isEmpty();

      assertThat(told(harness, "cam-1", CameraStatus.State.UP, 70_000))
          .containsExactly("cam-1@10000 down. over after 1m");
      assertThat(told(harness, "cam-1", CameraStatus.State.UP, 71_000)).isEmpty();
      assertThat(told(harness, "cam-2", CameraStatus.State.ENDED, 71_000)).isEmpty();
      assertThat(harness.numKeyedStateEntries()).isZero();
      harness.setProcessingTime(100_000);
      assertThat(harness.numProcessingTimeTimers()).isZero();
    }
  }

  @Test
  void aShortOutageIsNoneAndARuleMayComeLater() throws Exception {
    try (RuleHarness<OutageReport> harness = harness()) {
      harness.open();
      harness.setProcessingTime(10_000);
      told(harness, "cam-1", CameraStatus.State.DOWN, 10_000);
      assertThat(told(harness, "cam-1", CameraStatus.State.UP, 14_000)).isEmpty();
      told(harness, "cam-3", CameraStatus.State.DOWN, 20_000);
      harness.rule(DOWN.withRuleId("any").withConditions(RuleConditions.NONE));
      harness.setProcessingTime(26_000);
      assertThat(harness.verdicts()).containsExactly("cam-3@20000 any refused");
    }
  }

  @Test
  void theDiskIsToldAtOnce() throws Exception {
    try (RuleHarness<OutageReport> harness = harness()) {
      harness.open();
      harness.setProcessingTime(5_000);
      assertThat(
              harness.tell(
                  new OutageReport(
                      RuleTrigger.DISK_LOW, "", true, "1 GB free", Instant.ofEpochMilli(5_000))))
          .containsExactly("disk@5000 disk 1 GB free");
      assertThat(
              harness.tell(
                  new OutageReport(
                      RuleTrigger.DISK_LOW, "", false, "9 GB free", Instant.ofEpochMilli(9_000))))
          .containsExactly("disk@5000 disk. over after 4s");
    }
  }

  private static List<String> told(
      RuleHarness<OutageReport> harness, String camera, CameraStatus.State state, long at)
      throws Exception {
    List<String> verdicts = new ArrayList<>();
    for (OutageReport report :
        OutageReport.of(new CameraStatus(camera, state, "refused", Instant.ofEpochMilli(at), 0))) {
      verdicts.addAll(harness.tell(report));
    }
    return verdicts;
  }

  private static RuleHarness<OutageReport> harness() throws Exception {
    return new RuleHarness<>(
        new OutageFunction(() -> List.of(new RuleChange(DOWN), new RuleChange(DISK))),
        OutageReport::key);
  }
}
