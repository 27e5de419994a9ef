package io.plateflow.clients;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

final class ServiceProbeTest {

  @Test
  void failureOfATaskWithoutACauseIsToldByItsOwnMessage() {
    assertThatThrownBy(
            () ->
                ServiceProbe.await(
                    "Kafka",
                    "here",
                    Duration.ZERO,
                    line -> {},
                    () -> {
                      throw new ExecutionException("no answer", null);
                    }))
        .isInstanceOf(ClientException.class)
        .hasMessage("Kafka at here does not answer: tried for 0 s, last: no answer");
  }
}
