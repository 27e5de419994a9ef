package io.plateflow.connectors.camera.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReconnectBackoffTest {

  @Test
  void doublesUpToItsLimitAndShortensEachAtRandom() {
    ReconnectBackoff backoff =
        new ReconnectBackoff(
            Duration.ofSeconds(1), Duration.ofSeconds(30), new SplittableRandom(7));
    for (long whole : new long[] {1, 2, 4, 8, 16, 30, 30, 30}) {
      assertThat(backoff.next())
          .isBetween(Duration.ofMillis(whole * 500), Duration.ofSeconds(whole));
    }
    backoff.reset();
    assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void staysAtItsLimitHoweverOftenItFails() {
    ReconnectBackoff backoff =
        new ReconnectBackoff(
            Duration.ofSeconds(1), Duration.ofSeconds(30), new SplittableRandom(7));
    for (int n = 0; n < 1000; n++) {
      assertThat(backoff.next()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(30));
    }
  }
}
