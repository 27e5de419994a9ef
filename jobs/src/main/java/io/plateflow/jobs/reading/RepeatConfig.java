package io.plateflow.jobs.reading;

import io.plateflow.schemas.config.DurationRange;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.Serializable;
import java.time.Duration;

/**
 * How often a plate that is in view is read.
 *
 * @param maxReads of one track at one size: what is too far away to be read must not use up the
 *     reads that it will get when it is near
 * @param interval shortest time between two reads of a track
 * @param growth a plate this many times larger (in area) than the largest one read is read at once
 * @param settledReads agreeing reads after which only a larger picture is read
 */
public record RepeatConfig(
    @Min(1) @Max(100) int maxReads,
    @DurationRange(max = "1m") Duration interval,
    @DecimalMin("1") @DecimalMax("100") double growth,
    @Min(1) @Max(100) int settledReads)
    implements Serializable {

  public static final RepeatConfig DEFAULT = new RepeatConfig(8, Duration.ofMillis(150), 1.3, 4);
}
