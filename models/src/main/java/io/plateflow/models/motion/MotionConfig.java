package io.plateflow.models.motion;

import io.plateflow.schemas.config.DurationRange;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.io.Serializable;
import java.time.Duration;

/**
 * When a frame counts as changed.
 *
 * @param minGreyChange grey levels by which a cell of the miniature must differ
 * @param minChangedShare share of the cells that must differ
 * @param refresh after so long an unchanged frame is let through all the same; 0 lets every frame
 *     through
 */
public record MotionConfig(
    @DecimalMin("0") @DecimalMax("255") double minGreyChange,
    @DecimalMin("0") @DecimalMax("1") double minChangedShare,
    @DurationRange(max = "1h") Duration refresh)
    implements Serializable {

  public static final MotionConfig DEFAULT = new MotionConfig(10, 0.002, Duration.ofSeconds(1));
}
