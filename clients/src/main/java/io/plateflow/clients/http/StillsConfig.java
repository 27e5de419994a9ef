package io.plateflow.clients.http;

import io.plateflow.schemas.config.DurationRange;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/**
 * How pictures that are sent in are taken.
 *
 * @param workers pictures that are recognized at the same time; 0 means one per processor and one
 *     more
 * @param queueSize pictures that may wait for it; more are refused at once
 * @param maxWait how long one waits before it is refused
 * @param rate pictures that a token may send in a second, on average
 * @param burst pictures that it may send at once
 */
public record StillsConfig(
    @Min(0) @Max(256) int workers,
    @Min(0) @Max(10_000) int queueSize,
    @DurationRange(max = "1m") Duration maxWait,
    @Min(1) @Max(100_000) int rate,
    @Min(1) @Max(100_000) int burst) {

  public static final StillsConfig DEFAULT = new StillsConfig(0, 64, Duration.ofSeconds(5), 20, 40);
}
