package io.plateflow.models.track;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

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
    long nextNumber, double frameSeconds, Instant lastFrame, List<Track> tracks) {

  /** Before the first frame. */
  public static TrackerState empty() {
    return new TrackerState(0, 0, null, new ArrayList<>());
  }

  /** The same with what was read on a track's plate; unchanged where the track has ended. */
  public TrackerState withPlateText(long number, String text) {
    List<Track> changed = new ArrayList<>(tracks.size());
    for (Track track : tracks) {
      changed.add(track.number() == number ? track.withPlateText(text) : track);
    }
    return new TrackerState(nextNumber, frameSeconds, lastFrame, changed);
  }
}
