package io.plateflow.models.gemini;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How plates are read by Gemini.
 *
 * @param model name of the model; models come and go, so it is configuration
 * @param baseUrl of the API, for a proxy or a stand-in; null means Google's
 * @param key null where there is none: nothing is asked then
 * @param maxBatch most crops in one request, 1..32; default 8
 * @param maxBatchDelay how long a request waits to be filled, 0..10 s; default 500 ms
 * @param maxWaiting most crops that wait; those beyond are not taken, 1..10000; default 256
 * @param maxRequests most requests under way, 1..64; default 4
 * @param requestTimeout of one request from connecting to the last byte, 100 ms..2 min; default 15
 *     s
 * @param deadline of one crop with all its attempts and all its waiting, 100 ms..1 h; default 30 s
 * @param attempts requests that a crop is sent in, at most, 1..10; default 3
 * @param backoff before a second attempt; doubled for each one after, with jitter; 1 ms..1 min;
 *     default 500 ms
 * @param limits what may be spent
 * @param breaker when nothing is sent for a while
 */
public record GeminiConfig(
    String model,
    String baseUrl,
    GeminiKey key,
    int maxBatch,
    Duration maxBatchDelay,
    int maxWaiting,
    int maxRequests,
    Duration requestTimeout,
    Duration deadline,
    int attempts,
    Duration backoff,
    BudgetLimits limits,
    BreakerSettings breaker)
    implements Serializable {

  /** Without a key: {@link #withKey} adds it. */
  public static final GeminiConfig DEFAULTS =
      new GeminiConfig(
          "gemini-3.5-flash-lite",
          null,
          null,
          8,
          Duration.ofMillis(500),
          256,
          4,
          Duration.ofSeconds(15),
          Duration.ofSeconds(30),
          3,
          Duration.ofMillis(500),
          BudgetLimits.DEFAULTS,
          BreakerSettings.DEFAULTS);

  public GeminiConfig {
    List<String> problems = new ArrayList<>();
    if (model == null || !model.matches("[A-Za-z0-9._/-]{1,200}")) {
      problems.add("model: found '%s', expected a model's name".formatted(model));
    }
    if (baseUrl != null && !baseUrl.matches("https?://[^\\s@]+")) {
      problems.add("base-url: expected http:// or https:// and no password in it");
    }
    range(problems, "max-batch", maxBatch, 1, 32);
    range(problems, "max-waiting", maxWaiting, 1, 10_000);
    range(problems, "max-requests", maxRequests, 1, 64);
    range(problems, "attempts", attempts, 1, 10);
    range(problems, "max-batch-delay", maxBatchDelay, Duration.ZERO, Duration.ofSeconds(10));
    range(problems, "backoff", backoff, Duration.ofMillis(1), Duration.ofMinutes(1));
    range(
        problems, "request-timeout", requestTimeout, Duration.ofMillis(100), Duration.ofMinutes(2));
    range(problems, "deadline", deadline, Duration.ofMillis(100), Duration.ofHours(1));
    if (problems.isEmpty()) {
      RequestCost full = RequestCost.of(maxBatch);
      long tokens = MinuteBandwidth.leastLimitFor(full.tokens());
      if (limits.tokensPerMinute() < tokens) {
        problems.add(
            "tokens-per-minute: found %d, expected %d or more for requests of %d crops"
                .formatted(limits.tokensPerMinute(), tokens, maxBatch));
      }
      long price = full.microDollars(limits);
      if (limits.microDollarsPerDay() < price) {
        problems.add(
            "dollars-per-day: found %s, expected %s or more for one request of %d crops"
                .formatted(limits.dollarsPerDay(), price / 1e6, maxBatch));
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("Gemini: " + String.join("; ", problems));
    }
  }

  private static void range(List<String> problems, String key, int value, int lowest, int highest) {
    if (value < lowest || value > highest) {
      problems.add("%s: found %d, expected %d..%d".formatted(key, value, lowest, highest));
    }
  }

  private static void range(
      List<String> problems, String key, Duration value, Duration lowest, Duration highest) {
    if (value.compareTo(lowest) < 0 || value.compareTo(highest) > 0) {
      problems.add("%s: found %s, expected %s..%s".formatted(key, value, lowest, highest));
    }
  }

  public GeminiConfig withModel(String newModel) {
    return new GeminiConfig(
        newModel,
        baseUrl,
        key,
        maxBatch,
        maxBatchDelay,
        maxWaiting,
        maxRequests,
        requestTimeout,
        deadline,
        attempts,
        backoff,
        limits,
        breaker);
  }

  /** The same at another address, with another key. */
  public GeminiConfig withServer(String newBaseUrl, GeminiKey newKey) {
    return new GeminiConfig(
        model,
        newBaseUrl,
        newKey,
        maxBatch,
        maxBatchDelay,
        maxWaiting,
        maxRequests,
        requestTimeout,
        deadline,
        attempts,
        backoff,
        limits,
        breaker);
  }

  public GeminiConfig withKey(GeminiKey newKey) {
    return withServer(baseUrl, newKey);
  }

  public GeminiConfig withBatch(int newMaxBatch, Duration newMaxBatchDelay, int newMaxWaiting) {
    return new GeminiConfig(
        model,
        baseUrl,
        key,
        newMaxBatch,
        newMaxBatchDelay,
        newMaxWaiting,
        maxRequests,
        requestTimeout,
        deadline,
        attempts,
        backoff,
        limits,
        breaker);
  }

  public GeminiConfig withTimes(Duration newRequestTimeout, Duration newDeadline) {
    return new GeminiConfig(
        model,
        baseUrl,
        key,
        maxBatch,
        maxBatchDelay,
        maxWaiting,
        maxRequests,
        newRequestTimeout,
        newDeadline,
        attempts,
        backoff,
        limits,
        breaker);
  }

  public GeminiConfig withAttempts(int newAttempts, Duration newBackoff) {
    return new GeminiConfig(
        model,
        baseUrl,
        key,
        maxBatch,
        maxBatchDelay,
        maxWaiting,
        maxRequests,
        requestTimeout,
        deadline,
        newAttempts,
        newBackoff,
        limits,
        breaker);
  }

  public GeminiConfig withLimits(BudgetLimits newLimits) {
    return new GeminiConfig(
        model,
        baseUrl,
        key,
        maxBatch,
        maxBatchDelay,
        maxWaiting,
        maxRequests,
        requestTimeout,
        deadline,
        attempts,
        backoff,
        newLimits,
        breaker);
  }

  public GeminiConfig withBreaker(BreakerSettings newBreaker) {
    return new GeminiConfig(
        model,
        baseUrl,
        key,
        maxBatch,
        maxBatchDelay,
        maxWaiting,
        maxRequests,
        requestTimeout,
        deadline,
        attempts,
        backoff,
        limits,
        newBreaker);
  }
}
