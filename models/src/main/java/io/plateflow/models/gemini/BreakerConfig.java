package io.plateflow.models.gemini;

import io.plateflow.schemas.config.DurationRange;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.Serializable;
import java.time.Duration;

/**
 * When requests are given up for a while, so that a dead service costs nothing.
 *
 * @param failureShare of the last requests that opens the breaker
 * @param requests how many of the last requests are looked at
 * @param openFor how long none is sent then, before one is tried
 * @param refusedFor the same where the key or the model is refused, which needs a person
 */
public record BreakerConfig(
    @DecimalMin("0.1") @DecimalMax("1") double failureShare,
    @Min(2) @Max(1000) int requests,
    @DurationRange(min = "1ms", max = "1d") Duration openFor,
    @DurationRange(min = "1ms", max = "1d") Duration refusedFor)
    implements Serializable {

  public static final BreakerConfig DEFAULT =
      new BreakerConfig(0.8, 10, Duration.ofSeconds(30), Duration.ofMinutes(10));
}
