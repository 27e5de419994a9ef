package io.plateflow.models.track;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the tracker remembers of one camera between frames; numbers, times and lists only, so that
 * it can be kept in a checkpoint.
 *
 * @param nextNumber number of the next track
 * @param frameSeconds usual time between frames, smoothed; 0 before the second frame
 * @param lastFrame capture time of the last frame, or null before the first
 * @param tracks those that have not ended, by number
 */
public record TrackerState(
    long nextNumber, double frameSeconds, @Nullable Instant lastFrame, List<Track> tracks) {

  /** Before the first frame. */
  public static TrackerState empty() {
    return new TrackerState(0, 0, null, new ArrayList<>());
  }
}
