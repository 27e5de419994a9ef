package io.plateflow.jobs.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.models.gemini.BudgetTiming;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SharedBudgetITCase {

  /** The minute is two seconds here, so that the test takes some of them and not some minutes. */
  private static final BudgetTiming SHORT =
      new BudgetTiming(Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofMillis(500));

  @Test
  @Timeout(400)
  void twoProcessesKeepTheLimitInEveryWindowThoughOneIsKilledAndStartedAgain() throws Exception {
    SharedBudgetRun.Result result = SharedBudgetRun.run(120, 10, 4, SHORT);
    assertThat(result.mostInWindow()).isLessThanOrEqualTo(10);
    assertThat(result.requests()).isGreaterThanOrEqualTo(30);
    assertThat(result.outcomes()).hasSize(120);
    assertThat(result.outcomes().values()).containsOnly("READ");
  }
}
