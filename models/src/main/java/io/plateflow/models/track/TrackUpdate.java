package io.plateflow.models.track;

import java.util.List;

/**
 * What a frame did to the tracks.
 *
 * @param state to be handed to the next update
 * @param trackNumbers the track of each detection, in the order of the detections
 * @param merged tracks that turned out to be part of another one: they are neither alive nor ended
 * @param ended tracks that are over, by number
 */
public record TrackUpdate(
    TrackerState state, List<Long> trackNumbers, List<Merge> merged, List<Track> ended) {

  /** Everything that was known under {@code from} now belongs to {@code into}. */
  public record Merge(long from, long into) {}
}
