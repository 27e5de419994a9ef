package io.plateflow.clients.retention;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.plateflow.schemas.config.DurationRange;
import io.plateflow.schemas.config.SpaceAmount;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How passes are deleted when they are older than their camera keeps them.
 *
 * @param keepByDefault for cameras that say nothing themselves; null and zero keep their passes for
 *     ever
 * @param interval between two looks for passes whose time is up
 * @param batchSize passes that are deleted in one transaction, and pictures that are removed
 *     between two, at most
 * @param keepFree what is kept free on the disk of the evidence by removing the oldest; null
 *     removes nothing
 */
public record RetentionConfig(
    @JsonProperty("default") @DurationRange(max = "36500d") @Nullable Duration keepByDefault,
    @DurationRange(min = "1s", max = "24h") Duration interval,
    @Min(1) @Max(10_000) int batchSize,
    @Nullable SpaceAmount keepFree)
    implements Serializable {

  public static final RetentionConfig DEFAULT =
      new RetentionConfig(null, Duration.ofMinutes(10), 200, null);
}
