package io.plateflow.models.track;

import io.plateflow.schemas.detection.PairedDetection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Follows vehicles and plates of one camera from frame to frame: constant-velocity prediction and
 * the best total assignment of detections to tracks, as in SORT (Bewley et al. 2016), over vehicle
 * boxes and plate boxes together. It holds no state: what it knows is handed in and out, and equal
 * input gives equal output.
 */
public final class VehicleTracker {

  /** A camera slower than this leaves nothing to follow. */
  private static final double MAX_FRAME_SECONDS = 10;

  private final TrackerConfig config;
  private final TrackAssignment assignment;

  public VehicleTracker(TrackerConfig config) {
    this.config = config;
    this.assignment = new TrackAssignment(config);
  }

  /**
   * The tracks after one more frame. Several detections may belong to one track, where a vehicle
   * and its plate were not paired in this frame.
   */
  public TrackUpdate update(
      TrackerState state, long sequence, Instant capturedAt, List<PairedDetection> detections) {
    List<Track> alive = new ArrayList<>();
    List<Track> ended = new ArrayList<>();
    boolean clockJumped =
        state.lastFrame() != null
            && Duration.between(capturedAt, state.lastFrame()).compareTo(config.maxMissing()) > 0;
    double frameSeconds = frameSeconds(state, capturedAt);
    for (Track track : state.tracks()) {
      boolean over = clockJumped || capturedAt.isAfter(deadline(track, frameSeconds));
      (over ? ended : alive).add(track);
    }

    int[] trackOf = assignment.assign(alive, detections, capturedAt);
    List<TrackUpdate.Merge> merged = assignment.merge(alive, detections, trackOf, capturedAt);

    long next = state.nextNumber();
    Long[] numbers = new Long[detections.size()];
    for (int j = 0; j < detections.size(); j++) {
      int i = trackOf[j];
      if (i < 0) {
        Track started = Track.started(next++, sequence, capturedAt, detections.get(j));
        numbers[j] = started.number();
        alive.add(started);
      } else {
        numbers[j] = alive.get(i).number();
        alive.set(i, alive.get(i).seen(sequence, capturedAt, detections.get(j)));
      }
    }
    for (TrackUpdate.Merge merge : merged) {
      alive.removeIf(track -> track.number() == merge.from());
    }
    ended.sort(Comparator.comparingLong(Track::number));
    return new TrackUpdate(
        new TrackerState(next, frameSeconds, capturedAt, alive),
        Arrays.asList(numbers),
        merged,
        ended);
  }

  /** Ends all tracks: the film is over. */
  public TrackUpdate finish(TrackerState state) {
    return new TrackUpdate(
        new TrackerState(
            state.nextNumber(), state.frameSeconds(), state.lastFrame(), new ArrayList<>()),
        List.of(),
        List.of(),
        List.copyOf(state.tracks()));
  }

  /** When the track ends, unless it is seen again before. */
  private Instant deadline(Track track, double frameSeconds) {
    long frames = (long) (config.maxMissingFrames() * frameSeconds * 1e9);
    return track.lastSeen().plusNanos(Math.max(config.maxMissing().toNanos(), frames));
  }

  /**
   * The usual time between frames. It follows slowly, so that a pause of the camera, or of what
   * moves before it, does not make tracks live on for long.
   */
  private static double frameSeconds(TrackerState state, Instant at) {
    if (state.lastFrame() == null) {
      return 0;
    }
    double seconds = Math.min(MAX_FRAME_SECONDS, TrackSimilarity.seconds(state.lastFrame(), at));
    if (seconds == 0) {
      return state.frameSeconds();
    }
    double before = state.frameSeconds();
    return before == 0 ? seconds : Math.max(before * 0.7, Math.min(before * 1.3, seconds));
  }
}
