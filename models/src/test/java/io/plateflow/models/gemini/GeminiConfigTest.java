package io.plateflow.models.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GeminiConfigTest {

  private static final String SECRET = "AIza-not-a-real-key";

  @Test
  void defaultsNeedNothingButAKey() {
    assertThat(GeminiConfig.DEFAULTS.key()).isNull();
    assertThat(GeminiConfig.DEFAULTS.baseUrl()).isNull();
    assertThat(GeminiConfig.DEFAULTS.limits().requestsPerMinute()).isEqualTo(30);
  }

  @Test
  void namesEveryProblemAtOnce() {
    GeminiConfig defaults = GeminiConfig.DEFAULTS;
    assertThatThrownBy(
            () ->
                new GeminiConfig(
                    "no model",
                    "ftp://here",
                    null,
                    0,
                    Duration.ofMinutes(1),
                    0,
                    0,
                    Duration.ZERO,
                    Duration.ofDays(1),
                    0,
                    Duration.ZERO,
                    defaults.limits(),
                    defaults.breaker()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(
            "model: found 'no model'",
            "base-url:",
            "max-batch: found 0, expected 1..32",
            "max-batch-delay: found PT1M",
            "max-waiting: found 0",
            "max-requests: found 0",
            "request-timeout: found PT0S",
            "deadline: found PT24H",
            "attempts: found 0",
            "backoff: found PT0S");
  }

  @Test
  void refusesLimitsUnderWhichNoFullRequestWouldEverGo() {
    assertThatThrownBy(
            () ->
                GeminiConfig.DEFAULTS.withLimits(new BudgetLimits(30, 10_000, 1_500, 0.001, 1, 10)))
        .hasMessageContainingAll("tokens-per-minute: found 10000", "dollars-per-day: found 0.001");
  }

  @Test
  void refusesLimitsOutOfRange() {
    assertThatThrownBy(() -> new BudgetLimits(0, 0, 0, 0, -1, Double.NaN))
        .hasMessageContainingAll(
            "requests-per-minute",
            "tokens-per-minute",
            "requests-per-day",
            "dollars-per-day",
            "dollars-per-million-input",
            "dollars-per-million-output");
  }

  @Test
  void aPasswordInTheAddressIsRefusedAndNotRepeated() {
    assertThatThrownBy(
            () -> GeminiConfig.DEFAULTS.withServer("https://me:hunter2@proxy.example", null))
        .hasMessageContaining("base-url")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void neverPrintsTheKey() {
    GeminiKey key = GeminiKey.of(" " + SECRET + "\n");
    assertThat(GeminiConfig.DEFAULTS.withKey(key).toString()).doesNotContain(SECRET);
    assertThat(key.toString()).isEqualTo("***");
    assertThat(key.id()).hasSize(24).doesNotContain(SECRET);
    assertThat(key.hideIn("key " + SECRET + " is wrong")).isEqualTo("key *** is wrong");
    assertThatThrownBy(() -> GeminiKey.of(SECRET + " and more"))
        .hasMessageContaining("found 28 characters")
        .hasMessageNotContaining(SECRET);
  }

  @Test
  void takesTheKeyFromTheEnvironment() {
    assertThat(GeminiKey.fromEnvironment(Map.of())).isNull();
    assertThat(GeminiKey.fromEnvironment(Map.of("GEMINI_API_KEY", " "))).isNull();
    assertThat(GeminiKey.fromEnvironment(Map.of("GOOGLE_API_KEY", "b")))
        .isEqualTo(GeminiKey.of("b"));
    assertThat(GeminiKey.fromEnvironment(Map.of("GOOGLE_API_KEY", "b", "GEMINI_API_KEY", SECRET)))
        .isEqualTo(GeminiKey.of(SECRET));
  }

  @Test
  void pricesAreRoundedUp() {
    BudgetLimits limits = new BudgetLimits(30, 1_000_000, 1_500, 5, 0.30, 2.50);
    assertThat(limits.microDollars(1_000_000, 0)).isEqualTo(300_000);
    assertThat(limits.microDollars(1, 1)).isEqualTo(3);
    assertThat(limits.microDollars(0, 0)).isZero();
  }
}
