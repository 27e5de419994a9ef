package io.plateflow.models.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plateflow.models.config.ConfigCheck;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GeminiConfigTest {

  private static final String SECRET = "AIza-not-a-real-key";

  @Test
  void defaultsNeedNothingButAKey() {
    assertThat(GeminiConfig.DEFAULT.endpoint().key()).isNull();
    assertThat(GeminiConfig.DEFAULT.endpoint().baseUrl()).isNull();
    assertThat(GeminiConfig.DEFAULT.limits().requestsPerMinute()).isEqualTo(30);
  }

  @Test
  void namesEveryProblemAtOnce() {
    assertThatThrownBy(
            () ->
                ConfigCheck.valid(
                    GeminiConfig.DEFAULT
                        .withEndpoint(new GeminiConfig.Endpoint("no model", "ftp://here", null))
                        .withBatching(new GeminiConfig.Batching(0, Duration.ofMinutes(1), 0, 0))
                        .withTimeouts(new GeminiConfig.Timeouts(Duration.ZERO, Duration.ofDays(1)))
                        .withRetry(new GeminiConfig.Retry(0, Duration.ZERO))
                        .withLimits(new BudgetConfig(0, 0, 0, 0, -1, Double.NaN))
                        .withBreaker(
                            new BreakerConfig(0, 1, Duration.ZERO, Duration.ofMinutes(1)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(
            "endpoint.model: expected a model's name",
            "endpoint.baseUrl:",
            "batching.maxBatch: found 0",
            "batching.maxBatchDelay: must be between 0s and 10s",
            "batching.maxWaiting: found 0",
            "batching.maxRequests: found 0",
            "timeouts.requestTimeout: must be between 100ms and 2m",
            "timeouts.deadline:",
            "retry.attempts: found 0",
            "retry.backoff:",
            "limits.requestsPerMinute: found 0",
            "limits.tokensPerMinute: found 0",
            "limits.requestsPerDay: found 0",
            "limits.dollarsPerDay: found 0.0",
            "limits.dollarsPerMillionInput: found -1.0",
            "limits.dollarsPerMillionOutput: found NaN",
            "breaker.failureShare: found 0.0",
            "breaker.requests: found 1",
            "breaker.openFor:");
  }

  @Test
  void refusesLimitsUnderWhichNoFullRequestWouldEverGo() {
    assertThatThrownBy(
            () ->
                ConfigCheck.valid(
                    GeminiConfig.DEFAULT.withLimits(
                        new BudgetConfig(30, 10_000, 1_500, 0.001, 1, 10))))
        .hasMessageContainingAll(
            "limits.tokensPerMinute: found 10000, expected",
            "limits.dollarsPerDay: found 0.001, expected");
  }

  @Test
  void aPasswordInTheAddressIsRefusedAndNotRepeated() {
    GeminiConfig.Endpoint endpoint = GeminiConfig.DEFAULT.endpoint();
    assertThatThrownBy(
            () -> ConfigCheck.valid(endpoint.withBaseUrl("https://me:hunter2@proxy.example")))
        .hasMessageContaining("baseUrl")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void neverPrintsTheKey() {
    GeminiKey key = GeminiKey.of(" " + SECRET + "\n");
    assertThat(GeminiConfig.DEFAULT.endpoint().withKey(key).toString()).doesNotContain(SECRET);
    assertThat(key.toString()).isEqualTo("***");
    assertThat(key.id()).hasSize(24).doesNotContain(SECRET);
    assertThat(key.hideIn("key " + SECRET + " is wrong")).isEqualTo("key *** is wrong");
    assertThatThrownBy(() -> GeminiKey.of(SECRET + " and more"))
        .hasMessageContaining("found 28 characters")
        .hasMessageNotContaining(SECRET);
  }

  @Test
  void takesTheKeyFromTheEnvironment() {
    assertThat(GeminiKey.fromEnvironment(name -> null)).isNull();
    assertThat(GeminiKey.fromEnvironment(Map.of("GEMINI_API_KEY", " ")::get)).isNull();
    assertThat(GeminiKey.fromEnvironment(Map.of("GOOGLE_API_KEY", "b")::get))
        .isEqualTo(GeminiKey.of("b"));
    assertThat(
            GeminiKey.fromEnvironment(Map.of("GOOGLE_API_KEY", "b", "GEMINI_API_KEY", SECRET)::get))
        .isEqualTo(GeminiKey.of(SECRET));
  }

  @Test
  void pricesAreRoundedUp() {
    BudgetConfig limits = new BudgetConfig(30, 1_000_000, 1_500, 5, 0.30, 2.50);
    assertThat(limits.microDollars(1_000_000, 0)).isEqualTo(300_000);
    assertThat(limits.microDollars(1, 1)).isEqualTo(3);
    assertThat(limits.microDollars(0, 0)).isZero();
  }
}
