package io.plateflow.models.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.models.gemini.GeminiAnswer.Outcome;
import io.plateflow.models.gemini.stub.Behaviour;
import io.plateflow.models.gemini.stub.GeminiStub;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class GeminiReaderITCase {

  private static final BudgetLimits PLENTY =
      new BudgetLimits(100_000, 1_000_000_000, 1_000_000, 1_000, 0.30, 2.50);

  private GeminiStub stub;

  @BeforeEach
  void start() throws IOException {
    stub = GeminiStub.start();
  }

  @AfterEach
  void stop() {
    stub.close();
  }

  private GeminiConfig config() {
    return GeminiConfig.DEFAULTS
        .withServer(stub.url(), GeminiKey.of("test-key"))
        .withBatch(4, Duration.ofMillis(20), 1_000)
        .withTimes(Duration.ofMillis(500), Duration.ofSeconds(20))
        .withAttempts(3, Duration.ofMillis(5))
        .withLimits(PLENTY);
  }

  private static GeminiReader open(GeminiConfig config) {
    return GeminiReader.open(config, LocalBuckets.budget(config));
  }

  /** Not a picture that could be decoded, but one that the stub can tell from others. */
  static byte[] crop(int number) {
    return new byte[] {
      (byte) 0xff,
      (byte) 0xd8,
      (byte) 0xff,
      (byte) (number >> 8),
      (byte) number,
      (byte) 0xff,
      (byte) 0xd9
    };
  }

  static String plateOf(byte[] crop) {
    return "B %d CD".formatted(1000 + ((crop[3] & 0xff) << 8) + (crop[4] & 0xff));
  }

  private static GeminiAnswer ask(GeminiReader reader, int number) throws Exception {
    return reader.read(crop(number)).get(30, TimeUnit.SECONDS);
  }

  @Test
  void readsManyCropsInFewRequests() throws Exception {
    stub.reading(GeminiReaderITCase::plateOf);
    try (GeminiReader reader = open(config())) {
      List<CompletableFuture<GeminiAnswer>> answers = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        answers.add(reader.read(crop(i)));
      }
      for (int i = 0; i < 10; i++) {
        GeminiAnswer answer = answers.get(i).get(10, TimeUnit.SECONDS);
        assertThat(answer.outcome()).isEqualTo(Outcome.READ);
        assertThat(answer.read().text()).isEqualTo("B%dCD".formatted(1000 + i));
        assertThat(answer.read().reader()).isEqualTo("gemini");
        assertThat(answer.read().date()).isEqualTo("08.29");
        assertThat(answer.attributes().number()).isEqualTo("B %d CD".formatted(1000 + i));
        assertThat(answer.attributes().type()).isEqualTo("private");
        assertThat(answer.attributes().icon()).isNull();
      }
      assertThat(stub.seen()).hasSizeLessThanOrEqualTo(4);
      assertThat(reader.counters().requests()).isEqualTo(stub.seen().size());
      assertThat(reader.counters().crops()).isEqualTo(10);
      assertThat(reader.counters().outcomes(Outcome.READ)).isEqualTo(10);
      assertThat(reader.counters().inputTokens()).isEqualTo(700L * stub.seen().size() + 2900);
      assertThat(reader.counters().outputTokens()).isEqualTo(1100);
      assertThat(reader.counters().microDollars()).isGreaterThan(0);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Behaviour.class,
      names = {
        "THROTTLED",
        "UNAVAILABLE",
        "UNAVAILABLE_NOW",
        "HANGING",
        "RESET",
        "SLOW_BODY",
        "INVALID_JSON",
        "WRONG_COUNT",
        "WRONG_INDICES",
        "CUT_OFF",
        "BLOCKED",
        "HTML",
        "REDIRECT"
      })
  void asksAgainAfterAFailureThatMayPass(Behaviour behaviour) throws Exception {
    stub.answering(number -> number == 0 ? behaviour : Behaviour.GOOD);
    try (GeminiReader reader = open(config())) {
      assertThat(ask(reader, 1).outcome()).isEqualTo(Outcome.READ);
      assertThat(stub.seen()).hasSize(2);
      assertThat(reader.counters().requests()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Behaviour.class,
      names = {"UNAUTHENTICATED", "BAD_KEY", "FORBIDDEN", "UNKNOWN_MODEL"})
  void stopsAtOnceWhereKeyOrModelAreRefused(Behaviour behaviour) throws Exception {
    stub.answering(behaviour);
    try (GeminiReader reader = open(config())) {
      GeminiAnswer first = ask(reader, 1);
      assertThat(first.outcome()).isEqualTo(Outcome.FAILED);
      assertThat(first.detail()).startsWith("REFUSED").doesNotContain("test-key");
      assertThat(reader.breakerState()).isEqualTo("OPEN");
      assertThat(ask(reader, 2).outcome()).isEqualTo(Outcome.BREAKER_OPEN);
      assertThat(stub.seen()).hasSize(1);
    }
  }
}
