package io.plateflow.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code scripts/chaos}: two kills, and not a row differs. */
class ChaosITCase {

  @TempDir Path folder;

  @Test
  void aTaskManagerAndTheJobManagerDieAndNoRowDiffers() throws Exception {
    ChaosOptions options =
        new ChaosOptions(
            Map.of(Target.TASK_MANAGER, 1, Target.JOB_MANAGER, 1),
            1,
            2,
            Duration.ofSeconds(40),
            3,
            // At once, so that the film is still playing, however slow the machine.
            Duration.ofSeconds(1),
            Path.of("demo").toAbsolutePath());

    Report report = new ChaosRun(options, folder, System.out::println).run();

    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    report.print(new PrintStream(printed, true, StandardCharsets.UTF_8));
    assertThat(report.isClean()).as(printed.toString(StandardCharsets.UTF_8)).isTrue();
    assertThat(report.comparison().compared().get("plateflow.passes")).isPositive();
    assertThat(report.comparison().compared().get("plateflow.alerts")).isPositive();
  }
}
