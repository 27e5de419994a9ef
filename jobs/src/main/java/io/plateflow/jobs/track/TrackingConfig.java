package io.plateflow.jobs.track;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.plateflow.models.track.TrackerConfig;
import io.plateflow.schemas.config.DurationRange;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.Serializable;
import java.time.Duration;

/**
 * How frames become passes.
 *
 * @param maxMissing a track that was not seen for longer has ended
 * @param minFrames tracks of a film seen in fewer frames and without a read are noise; stills are
 *     never dropped
 * @param minVehicleScore a vehicle of a film whose plate was not read is noise if the detector was
 *     never surer of it than this: shadows and reflections make vehicles for some frames
 */
public record TrackingConfig(
    @DurationRange(min = "100ms", max = "1m") Duration maxMissing,
    @Min(1) @Max(1000) int minFrames,
    @DecimalMin("0") @DecimalMax("1") double minVehicleScore,
    @JsonUnwrapped RejoinConfig rejoining)
    implements Serializable {

  public static final TrackingConfig DEFAULT =
      new TrackingConfig(Duration.ofMillis(1500), 3, 0.6, RejoinConfig.DEFAULT);

  TrackerConfig tracker() {
    return TrackerConfig.DEFAULT.withMaxMissing(maxMissing);
  }
}
