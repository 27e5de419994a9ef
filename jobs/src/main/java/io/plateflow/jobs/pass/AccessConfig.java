package io.plateflow.jobs.pass;

import io.plateflow.schemas.config.DurationRange;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.Serializable;
import java.time.Duration;

/**
 * When a gate is told what it may do for the vehicle before it.
 *
 * @param minReads agreeing reads that are needed, where the list that lets it in does not say
 *     otherwise
 * @param minScore lowest score of that agreement, alike
 * @param unreadAfter a vehicle that stands for so long and cannot be read is told as such
 */
public record AccessConfig(
    @Min(1) @Max(100) int minReads,
    @DecimalMin("0") @DecimalMax("1") double minScore,
    @DurationRange(min = "1s", max = "10m") Duration unreadAfter)
    implements Serializable {

  public static final AccessConfig DEFAULT = new AccessConfig(2, 0.5, Duration.ofSeconds(5));
}
