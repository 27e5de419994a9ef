package io.plateflow.jobs.track;

import io.plateflow.models.track.TrackerConfig;
import java.io.Serializable;
import java.time.Duration;

/**
 * How frames become passes.
 *
 * @param maxMissing a track that was not seen for longer has ended
 * @param minFrames tracks of a film seen in fewer frames and without a read are noise; stills are
 *     never dropped
 * @param minVehicleScore a vehicle of a film whose plate was not read is noise if the detector was
 *     never surer of it than this, 0..1: shadows and reflections make vehicles for some frames
 * @param minScore a plate whose reads agree less surely than this counts as not read, 0..1; without
 *     a vehicle it is noise
 * @param rejoining when a track that broke in two is one pass
 * @param announceReads reads that must agree before a pass is announced provisionally, at least 1
 * @param announceScore lowest score of that agreement, 0..1; a text that follows no plate format is
 *     forgotten below it
 */
public record TrackingConfig(
    Duration maxMissing,
    int minFrames,
    double minVehicleScore,
    double minScore,
    TrackRejoining rejoining,
    int announceReads,
    double announceScore,
    ReadingPolicy reading)
    implements Serializable {

  public static final TrackingConfig DEFAULT =
      new TrackingConfig(
          Duration.ofMillis(1500),
          3,
          0.6,
          0.1,
          TrackRejoining.DEFAULT,
          2,
          0.5,
          ReadingPolicy.DEFAULT);

  TrackerConfig tracker() {
    return TrackerConfig.withMaxMissing(maxMissing);
  }
}
