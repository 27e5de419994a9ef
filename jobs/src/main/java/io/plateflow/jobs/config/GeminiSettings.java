package io.plateflow.jobs.config;

import io.plateflow.clients.config.ConfigSection;
import io.plateflow.models.gemini.BudgetLimits;
import io.plateflow.models.gemini.GeminiConfig;
import io.plateflow.models.gemini.GeminiKey;
import java.time.Duration;
import java.util.Map;

/** Reads the section {@code gemini}. */
final class GeminiSettings {

  private GeminiSettings() {}

  /**
   * @param environment where the key is looked for when the file names none
   */
  static GeminiConfig parse(ConfigSection s, Map<String, String> environment) {
    GeminiConfig d = GeminiConfig.DEFAULTS;
    BudgetLimits l = d.limits();
    String model = s.string("model", d.model());
    String baseUrl = s.string("base-url", null);
    String key = s.string("api-key", null);
    int batch = s.integer("max-batch", d.maxBatch(), 1, 32);
    Duration batchDelay =
        s.duration("max-batch-delay", d.maxBatchDelay(), Duration.ZERO, Duration.ofSeconds(10));
    int requests = s.integer("max-requests", d.maxRequests(), 1, 64);
    Duration timeout =
        s.duration(
            "request-timeout", d.requestTimeout(), Duration.ofMillis(100), Duration.ofMinutes(2));
    Duration deadline =
        s.duration("deadline", d.deadline(), Duration.ofMillis(100), Duration.ofHours(1));
    int attempts = s.integer("attempts", d.attempts(), 1, 10);
    int perMinute = s.integer("requests-per-minute", l.requestsPerMinute(), 1, 100_000);
    int tokens =
        s.integer("tokens-per-minute", Math.toIntExact(l.tokensPerMinute()), 1000, 1_000_000_000);
    int perDay = s.integer("requests-per-day", l.requestsPerDay(), 1, 100_000_000);
    double dollars = s.decimal("dollars-per-day", l.dollarsPerDay(), 0.001, 1_000_000);
    double input =
        s.decimal("dollars-per-million-input-tokens", l.dollarsPerMillionInput(), 0, 1000);
    double output =
        s.decimal("dollars-per-million-output-tokens", l.dollarsPerMillionOutput(), 0, 1000);
    try {
      return new GeminiConfig(
          model,
          baseUrl,
          key != null ? GeminiKey.of(key) : GeminiKey.fromEnvironment(environment),
          batch,
          batchDelay,
          d.maxWaiting(),
          requests,
          timeout,
          deadline,
          attempts,
          d.backoff(),
          new BudgetLimits(perMinute, tokens, perDay, dollars, input, output),
          d.breaker());
    } catch (IllegalArgumentException e) {
      s.problem("model", e.getMessage());
      return d;
    }
  }
}
