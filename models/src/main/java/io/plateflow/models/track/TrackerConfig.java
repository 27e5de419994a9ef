package io.plateflow.models.track;

import io.plateflow.schemas.config.DurationRange;
import io.soabase.recordbuilder.core.RecordBuilder;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.time.Duration;

/**
 * How detections of following frames are joined to tracks.
 *
 * @param maxMissing a track that was not seen for longer has ended
 * @param maxMissingFrames for slow cameras: it has not ended before so many frames' time went by,
 *     however long that is
 * @param minSimilarity below it a detection starts a track of its own
 * @param gate how far from its predicted place a vehicle or plate may be, in lengths of its own
 *     (root of the area; a plate's width)
 * @param gatePerSecond by how much the gate widens with every second without a sighting, 0..10;
 *     default 1
 * @param maxGate where that ends
 * @param maxGrowth by what factor a side may differ from its prediction
 */
@RecordBuilder
public record TrackerConfig(
    @DurationRange(max = "1d") Duration maxMissing,
    @DecimalMin("0") @DecimalMax("100") double maxMissingFrames,
    @DecimalMin("0") @DecimalMax("1") double minSimilarity,
    @DecimalMin("0") @DecimalMax("10") double gate,
    @DecimalMin("0") @DecimalMax("10") double gatePerSecond,
    @DecimalMin("0") @DecimalMax("20") double maxGate,
    @DecimalMin("1") @DecimalMax("10") double maxGrowth)
    implements TrackerConfigBuilder.With {

  public static final TrackerConfig DEFAULT =
      new TrackerConfig(Duration.ofMillis(1500), 2, 0.2, 1, 1, 2, 2);
}
