package io.plateflow.models.gemini;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.plateflow.schemas.config.Consistent;
import io.plateflow.schemas.config.CrossChecked;
import io.plateflow.schemas.config.DurationRange;
import io.plateflow.schemas.config.Secret;
import io.soabase.recordbuilder.core.RecordBuilder;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How plates are read by Gemini.
 *
 * @param limits what may be spent
 * @param breaker when nothing is sent for a while
 */
@Consistent
@RecordBuilder
public record GeminiConfig(
    @JsonUnwrapped @Valid Endpoint endpoint,
    @JsonUnwrapped @Valid Batching batching,
    @JsonUnwrapped @Valid Timeouts timeouts,
    @JsonUnwrapped @Valid Retry retry,
    @JsonUnwrapped @Valid BudgetConfig limits,
    @JsonIgnore @Valid BreakerConfig breaker)
    implements CrossChecked, GeminiConfigBuilder.With, Serializable {

  /** Without a key. */
  public static final GeminiConfig DEFAULT =
      new GeminiConfig(
          new Endpoint("gemini-3.5-flash-lite", null, null),
          new Batching(8, Duration.ofMillis(500), 256, 4),
          new Timeouts(Duration.ofSeconds(15), Duration.ofSeconds(30)),
          new Retry(3, Duration.ofMillis(500)),
          BudgetConfig.DEFAULT,
          BreakerConfig.DEFAULT);

  /**
   * Who is asked.
   *
   * @param model its name; models come and go, so it is configuration
   * @param baseUrl of the API, for a proxy or a stand-in; null means Google's
   * @param key null where there is none: nothing is asked then
   */
  @RecordBuilder
  public record Endpoint(
      @NotNull @Pattern(regexp = "[A-Za-z0-9._/-]{1,200}", message = "expected a model's name")
          String model,
      @Secret
          @Pattern(
              regexp = "https?://[^\\s@]+",
              message = "expected http:// or https:// and no password in it")
          @Nullable String baseUrl,
      @Secret @JsonProperty("api-key") @Nullable GeminiKey key)
      implements GeminiConfigEndpointBuilder.With, Serializable {}

  /**
   * What is asked together.
   *
   * @param maxBatch most crops in one request
   * @param maxBatchDelay how long a request waits to be filled
   * @param maxWaiting most crops that wait; those beyond are not taken
   * @param maxRequests most requests under way
   */
  public record Batching(
      @Min(1) @Max(32) int maxBatch,
      @DurationRange(max = "10s") Duration maxBatchDelay,
      @JsonIgnore @Min(1) @Max(10_000) int maxWaiting,
      @Min(1) @Max(64) int maxRequests)
      implements Serializable {}

  /**
   * How long an answer may take.
   *
   * @param requestTimeout of one request from connecting to the last byte
   * @param deadline of one crop with all its attempts and all its waiting
   */
  public record Timeouts(
      @DurationRange(min = "100ms", max = "2m") Duration requestTimeout,
      @DurationRange(min = "100ms", max = "1h") Duration deadline)
      implements Serializable {}

  /**
   * What happens after a failure.
   *
   * @param attempts requests that a crop is sent in, at most
   * @param backoff before a second attempt; doubled for each one after, with jitter
   */
  public record Retry(
      @Min(1) @Max(10) int attempts,
      @JsonIgnore @DurationRange(min = "1ms", max = "1m") Duration backoff)
      implements Serializable {}

  @Override
  public void crossCheck(Problems problems) {
    RequestCost full = RequestCost.of(batching.maxBatch);
    long tokens = MinuteBandwidth.leastLimitFor(full.tokens());
    if (limits.tokensPerMinute() < tokens) {
      problems.add(
          "limits.tokensPerMinute",
          "found %d, expected %d or more for requests of %d crops"
              .formatted(limits.tokensPerMinute(), tokens, batching.maxBatch));
    }
    long price = full.microDollars(limits);
    if (limits.microDollarsPerDay() < price) {
      problems.add(
          "limits.dollarsPerDay",
          "found %s, expected %s or more for one request of %d crops"
              .formatted(limits.dollarsPerDay(), price / 1e6, batching.maxBatch));
    }
  }
}
