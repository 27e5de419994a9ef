package io.plateflow.jobs.track;

import io.plateflow.schemas.config.DurationRange;
import java.io.Serializable;
import java.time.Duration;

/**
 * When a track that broke in two is one pass.
 *
 * @param rejoin how long after it was last seen a plate that comes back is the same pass
 * @param parkedAfter a vehicle that has not moved for so long is parked
 * @param parkedMemory how long a parked vehicle may be out of sight
 */
public record RejoinConfig(
    @DurationRange(max = "1m") Duration rejoin,
    @DurationRange(min = "1s", max = "1d") Duration parkedAfter,
    @DurationRange(max = "1d") Duration parkedMemory)
    implements Serializable {

  public static final RejoinConfig DEFAULT =
      new RejoinConfig(Duration.ofSeconds(4), Duration.ofMinutes(5), Duration.ofMinutes(10));
}
