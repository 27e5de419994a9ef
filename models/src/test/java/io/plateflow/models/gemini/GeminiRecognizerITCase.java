package io.plateflow.models.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.models.gemini.GeminiAnswer.Outcome;
import io.plateflow.models.testing.GeminiBehaviour;
import io.plateflow.models.testing.GeminiStub;
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

@Timeout(120)
class GeminiRecognizerITCase {

  private static final BudgetConfig PLENTY =
      new BudgetConfig(100_000, 1_000_000_000, 1_000_000, 1_000, 0.30, 2.50);

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
    return GeminiConfig.DEFAULT
        .withEndpoint(
            GeminiConfig.DEFAULT
                .endpoint()
                .withBaseUrl(stub.url())
                .withKey(GeminiKey.of("test-key")))
        .withBatching(new GeminiConfig.Batching(4, Duration.ofMillis(20), 1_000, 4))
        .withTimeouts(new GeminiConfig.Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(40)))
        .withRetry(new GeminiConfig.Retry(3, Duration.ofMillis(5)))
        .withLimits(PLENTY);
  }

  private static GeminiRecognizer open(GeminiConfig config) {
    return GeminiRecognizer.open(config, LocalBuckets.budget(config));
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

  private static GeminiAnswer ask(GeminiRecognizer gemini, int number) throws Exception {
    return gemini.recognize(crop(number)).get(30, TimeUnit.SECONDS);
  }

  @Test
  void readsManyCropsInFewRequests() throws Exception {
    stub.reading(GeminiRecognizerITCase::plateOf);
    try (GeminiRecognizer gemini = open(config())) {
      List<CompletableFuture<GeminiAnswer>> answers = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        answers.add(gemini.recognize(crop(i)));
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
      assertThat(gemini.counters().requests()).isEqualTo(stub.seen().size());
      assertThat(gemini.counters().crops()).isEqualTo(10);
      assertThat(gemini.counters().outcomes(Outcome.READ)).isEqualTo(10);
      assertThat(gemini.counters().inputTokens()).isEqualTo(700L * stub.seen().size() + 2900);
      assertThat(gemini.counters().outputTokens()).isEqualTo(1100);
      assertThat(gemini.counters().microDollars()).isGreaterThan(0);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = GeminiBehaviour.class,
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
  void asksAgainAfterAFailureThatMayPass(GeminiBehaviour behaviour) throws Exception {
    stub.answering(number -> number == 0 ? behaviour : GeminiBehaviour.GOOD);
    try (GeminiRecognizer gemini =
        open(config().withRetry(new GeminiConfig.Retry(10, Duration.ofMillis(5))))) {
      assertThat(ask(gemini, 1).outcome()).isEqualTo(Outcome.READ);
      assertThat(stub.seen().size()).isGreaterThanOrEqualTo(2);
      // Nothing below this reader repeats a request that it does not know of.
      assertThat(gemini.counters().requests()).isGreaterThanOrEqualTo(stub.seen().size());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = GeminiBehaviour.class,
      names = {"UNAUTHENTICATED", "BAD_KEY", "FORBIDDEN", "UNKNOWN_MODEL"})
  void stopsAtOnceWhereKeyOrModelAreRefused(GeminiBehaviour behaviour) throws Exception {
    stub.answering(behaviour);
    try (GeminiRecognizer gemini = open(config())) {
      GeminiAnswer first = ask(gemini, 1);
      assertThat(first.outcome()).isEqualTo(Outcome.FAILED);
      assertThat(first.detail()).startsWith("REFUSED").doesNotContain("test-key");
      assertThat(gemini.breakerState()).isEqualTo("OPEN");
      assertThat(ask(gemini, 2).outcome()).isEqualTo(Outcome.BREAKER_OPEN);
      assertThat(stub.seen()).hasSize(1);
    }
  }

  @Test
  void aKeyThatIsStillRefusedLaterStopsAtOnceAgain() throws Exception {
    stub.answering(GeminiBehaviour.UNAUTHENTICATED);
    GeminiConfig config =
        config()
            .withBreaker(new BreakerConfig(0.5, 10, Duration.ofMillis(1), Duration.ofSeconds(1)));
    try (GeminiRecognizer gemini = open(config)) {
      assertThat(ask(gemini, 1).outcome()).isEqualTo(Outcome.FAILED);
      while (ask(gemini, 2).outcome() == Outcome.BREAKER_OPEN) {
        Thread.onSpinWait();
      }
      assertThat(stub.seen()).hasSize(2);
      assertThat(ask(gemini, 3).outcome()).isEqualTo(Outcome.BREAKER_OPEN);
      assertThat(stub.seen()).hasSize(2);
    }
  }

  @Test
  void halfOfTheAnswersBadAndEveryReadEnds() throws Exception {
    List<GeminiBehaviour> bad =
        List.of(
            GeminiBehaviour.THROTTLED,
            GeminiBehaviour.UNAVAILABLE,
            GeminiBehaviour.HANGING,
            GeminiBehaviour.RESET,
            GeminiBehaviour.INVALID_JSON,
            GeminiBehaviour.WRONG_COUNT,
            GeminiBehaviour.HTML);
    stub.reading(GeminiRecognizerITCase::plateOf)
        .withRetryDelay("0.05")
        .answering(n -> n % 2 == 0 ? GeminiBehaviour.GOOD : bad.get(n / 2 % bad.size()));
    GeminiConfig config = config().withRetry(new GeminiConfig.Retry(8, Duration.ofMillis(5)));
    try (GeminiRecognizer gemini = open(config)) {
      List<CompletableFuture<GeminiAnswer>> answers = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        answers.add(gemini.recognize(crop(i)));
      }
      int read = 0;
      for (int i = 0; i < 200; i++) {
        GeminiAnswer answer = answers.get(i).get(30, TimeUnit.SECONDS);
        if (answer.outcome() == Outcome.READ) {
          read++;
          assertThat(answer.read().text()).isEqualTo("B%dCD".formatted(1000 + i));
        }
      }
      assertThat(read).isGreaterThanOrEqualTo(190);
      assertThat(gemini.counters().failures(FailureKind.THROTTLED)).isPositive();
      assertThat(gemini.counters().failures(FailureKind.BAD_ANSWER)).isPositive();
      assertThat(gemini.counters().failures(FailureKind.TIMEOUT)).isPositive();
      assertThat(gemini.breakerState()).isEqualTo("CLOSED");
    }
  }

  @Test
  void everyReadEndsByItsDeadlineWhereNothingAnswers() throws Exception {
    stub.answering(GeminiBehaviour.HANGING);
    GeminiConfig config =
        config()
            .withTimeouts(
                new GeminiConfig.Timeouts(Duration.ofSeconds(30), Duration.ofMillis(700)));
    try (GeminiRecognizer gemini = open(config)) {
      long start = System.nanoTime();
      List<CompletableFuture<GeminiAnswer>> answers = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        answers.add(gemini.recognize(crop(i)));
      }
      for (CompletableFuture<GeminiAnswer> answer : answers) {
        assertThat(answer.get(30, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.TIMED_OUT);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = GeminiBehaviour.class,
      names = {"THROTTLED", "THROTTLED_BY_HEADER"})
  void sendsNothingBeforeTheServerAllowsIt(GeminiBehaviour behaviour) throws Exception {
    stub.withRetryDelay("1").answering(n -> n == 0 ? behaviour : GeminiBehaviour.GOOD);
    GeminiConfig config =
        config()
            .withBatching(new GeminiConfig.Batching(1, Duration.ZERO, 100, 4))
            .withRetry(new GeminiConfig.Retry(10, Duration.ofMillis(5)));
    try (GeminiRecognizer gemini = open(config)) {
      List<CompletableFuture<GeminiAnswer>> answers = new ArrayList<>();
      answers.add(gemini.recognize(crop(0)));
      while (gemini.counters().failures(FailureKind.THROTTLED) == 0) {
        Thread.onSpinWait();
      }
      for (int i = 1; i < 4; i++) {
        answers.add(gemini.recognize(crop(i)));
      }
      for (CompletableFuture<GeminiAnswer> answer : answers) {
        assertThat(answer.get(30, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.READ);
      }
      assertThat(stub.seen().get(1).millis() - stub.seen().get(0).millis())
          .isGreaterThanOrEqualTo(1_000);
    }
  }

  @Test
  void doesNotWaitInVainForTheServer() throws Exception {
    stub.withRetryDelay("3600").answering(GeminiBehaviour.THROTTLED);
    try (GeminiRecognizer gemini = open(config())) {
      assertThat(ask(gemini, 1).outcome()).isEqualTo(Outcome.OVER_BUDGET);
      int sent = stub.seen().size();
      assertThat(ask(gemini, 2).outcome()).isEqualTo(Outcome.OVER_BUDGET);
      assertThat(stub.seen()).hasSize(sent);
    }
  }

  @Test
  void anAnswerThatIsAlwaysBadIsGivenUpAfterTheAttempts() throws Exception {
    stub.answering(GeminiBehaviour.WRONG_COUNT);
    try (GeminiRecognizer gemini = open(config())) {
      GeminiAnswer answer = ask(gemini, 1);
      assertThat(answer.outcome()).isEqualTo(Outcome.FAILED);
      assertThat(answer.detail()).contains("BAD_ANSWER");
      assertThat(stub.seen()).hasSize(3);
      // It was paid for all the same.
      assertThat(gemini.counters().outputTokens()).isEqualTo(330);
    }
  }

  @Test
  void aRequestThatIsNotAcceptedIsNotRepeated() throws Exception {
    stub.answering(GeminiBehaviour.BAD_REQUEST);
    try (GeminiRecognizer gemini = open(config())) {
      assertThat(ask(gemini, 1).outcome()).isEqualTo(Outcome.FAILED);
      assertThat(stub.seen()).hasSize(1);
      assertThat(gemini.counters().failures(FailureKind.BAD_REQUEST)).isEqualTo(1);
    }
  }

  @Test
  void breakerOpensWhereAllFailAndClosesAgain() throws Exception {
    stub.answering(GeminiBehaviour.UNAVAILABLE);
    GeminiConfig config =
        config()
            .withRetry(new GeminiConfig.Retry(1, Duration.ofMillis(1)))
            .withBreaker(new BreakerConfig(0.5, 4, Duration.ofMillis(300), Duration.ofMinutes(1)));
    try (GeminiRecognizer gemini = open(config)) {
      for (int i = 0; i < 4; i++) {
        assertThat(ask(gemini, i).outcome()).isEqualTo(Outcome.FAILED);
      }
      assertThat(ask(gemini, 5).outcome()).isEqualTo(Outcome.BREAKER_OPEN);
      assertThat(stub.seen()).hasSize(4);
      stub.answering(GeminiBehaviour.GOOD);
      GeminiAnswer answer = ask(gemini, 6);
      while (answer.outcome() == Outcome.BREAKER_OPEN) {
        answer = ask(gemini, 6);
      }
      assertThat(answer.outcome()).isEqualTo(Outcome.READ);
      assertThat(gemini.breakerState()).isEqualTo("CLOSED");
    }
  }

  @Test
  void withoutAKeyNothingIsAsked() throws Exception {
    GeminiConfig config =
        config()
            .withEndpoint(GeminiConfig.DEFAULT.endpoint().withBaseUrl(stub.url()).withKey(null));
    try (GeminiRecognizer gemini = open(config)) {
      assertThat(ask(gemini, 1).outcome()).isEqualTo(Outcome.NO_KEY);
      assertThat(gemini.counters().outcomes(Outcome.NO_KEY)).isEqualTo(1);
      assertThat(stub.seen()).isEmpty();
    }
  }

  @Test
  void whatTheBudgetDoesNotAllowInTimeIsAnswered() throws Exception {
    GeminiConfig config =
        config()
            .withBatching(new GeminiConfig.Batching(1, Duration.ZERO, 100, 4))
            .withTimeouts(new GeminiConfig.Timeouts(Duration.ofMillis(500), Duration.ofSeconds(1)))
            .withLimits(new BudgetConfig(20, 1_000_000, 1_000, 1_000, 0.30, 2.50));
    try (GeminiRecognizer gemini = open(config)) {
      List<CompletableFuture<GeminiAnswer>> answers = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        answers.add(gemini.recognize(crop(i)));
      }
      int read = 0;
      for (CompletableFuture<GeminiAnswer> answer : answers) {
        Outcome outcome = answer.get(30, TimeUnit.SECONDS).outcome();
        assertThat(outcome).isIn(Outcome.READ, Outcome.OVER_BUDGET, Outcome.TIMED_OUT);
        read += outcome == Outcome.READ ? 1 : 0;
      }
      assertThat(read).isBetween(1, 2);
      assertThat(stub.seen().size()).isLessThanOrEqualTo(2);
      assertThat(gemini.counters().budgetRefusals()).isPositive();
    }
  }

  @Test
  void asksNothingWhileTheBudgetIsAway() throws Exception {
    RequestBudget away =
        new RequestBudget() {
          @Override
          public Verdict reserve(Amount most) {
            return new Outage("the database is away");
          }

          @Override
          public void settle(Reservation reservation, Amount spent) {
            throw new IllegalStateException("Nothing was reserved");
          }

          @Override
          public void close() {}
        };
    try (GeminiRecognizer gemini = GeminiRecognizer.open(config(), away)) {
      GeminiAnswer answer = ask(gemini, 1);
      assertThat(answer.outcome()).isEqualTo(Outcome.OVER_BUDGET);
      assertThat(answer.detail()).contains("the database is away");
      assertThat(gemini.counters().failures(FailureKind.BUDGET_AWAY)).isPositive();
      assertThat(stub.seen()).isEmpty();
    }
  }

  @Test
  void tooManyWaitingAreTurnedAway() throws Exception {
    stub.answering(GeminiBehaviour.HANGING);
    GeminiConfig config =
        config()
            .withBatching(new GeminiConfig.Batching(1, Duration.ZERO, 5, 4))
            .withTimeouts(new GeminiConfig.Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(2)));
    try (GeminiRecognizer gemini = open(config)) {
      List<CompletableFuture<GeminiAnswer>> answers = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        answers.add(gemini.recognize(crop(i)));
      }
      int turnedAway = 0;
      for (CompletableFuture<GeminiAnswer> answer : answers) {
        turnedAway += answer.get(30, TimeUnit.SECONDS).outcome() == Outcome.OVER_BUDGET ? 1 : 0;
      }
      assertThat(turnedAway).isBetween(40, 45);
    }
  }

  @Test
  void whatIsNoJpegIsNotSent() throws Exception {
    try (GeminiRecognizer gemini = open(config())) {
      assertThat(gemini.recognize(new byte[0]).get().outcome()).isEqualTo(Outcome.FAILED);
      assertThat(gemini.recognize(new byte[] {1, 2, 3, 4}).get().detail())
          .contains("expected a JPEG");
      assertThat(stub.seen()).isEmpty();
    }
  }

  @Test
  void closingEndsWhatIsUnderWay() throws Exception {
    stub.answering(GeminiBehaviour.HANGING);
    GeminiRecognizer gemini =
        open(
            config()
                .withTimeouts(
                    new GeminiConfig.Timeouts(Duration.ofSeconds(30), Duration.ofSeconds(60))));
    CompletableFuture<GeminiAnswer> sent = gemini.recognize(crop(1));
    gemini.close();
    gemini.close();
    assertThat(sent.get(5, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.FAILED);
    assertThat(gemini.recognize(crop(2)).get(5, TimeUnit.SECONDS).detail()).contains("closed");
  }

  @Test
  void callersOfOneConfigurationShareRequests() throws Exception {
    GeminiConfig config =
        config().withBatching(new GeminiConfig.Batching(4, Duration.ofSeconds(5), 100, 4));
    try (GeminiRecognizer one = GeminiRecognizer.shared(config, () -> LocalBuckets.budget(config));
        GeminiRecognizer other =
            GeminiRecognizer.shared(config, () -> LocalBuckets.budget(config))) {
      List<CompletableFuture<GeminiAnswer>> answers =
          List.of(
              one.recognize(crop(1)),
              other.recognize(crop(2)),
              one.recognize(crop(3)),
              other.recognize(crop(4)));
      for (CompletableFuture<GeminiAnswer> answer : answers) {
        assertThat(answer.get(30, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.READ);
      }
      assertThat(stub.seen()).hasSize(1);
      one.close();
      assertThat(other.counters().crops()).isEqualTo(4);
    }
  }
}
