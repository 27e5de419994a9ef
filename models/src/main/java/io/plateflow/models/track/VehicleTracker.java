package io.plateflow.models.track;

import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.detection.PairedDetection;
import io.plateflow.schemas.geometry.BoundingBox;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Follows vehicles and plates of one camera from frame to frame: constant-velocity prediction and
 * the best total assignment of detections to tracks, as in SORT (Bewley et al. 2016), over vehicle
 * boxes, plate boxes and plate texts together. It holds no state: what it knows is handed in and
 * out, and equal input gives equal output.
 */
public final class VehicleTracker {

  /** A camera slower than this leaves nothing to follow. */
  private static final double MAX_FRAME_SECONDS = 10;

  private final TrackerConfig config;
  private final TrackSimilarity similarity;

  public VehicleTracker(TrackerConfig config) {
    this.config = config;
    this.similarity = new TrackSimilarity(config);
  }

  /** The tracks after one more frame, where no plate text is known yet. */
  public TrackUpdate update(
      TrackerState state, long sequence, Instant capturedAt, List<PairedDetection> detections) {
    return update(
        state,
        sequence,
        capturedAt,
        detections,
        Collections.nCopies(detections.size(), (String) null));
  }

  /**
   * The tracks after one more frame. Several detections may belong to one track, where a vehicle
   * and its plate were not paired in this frame.
   *
   * @param texts what was read on each detection's plate, normalised; null where nothing that can
   *     be relied on
   */
  public TrackUpdate update(
      TrackerState state,
      long sequence,
      Instant capturedAt,
      List<PairedDetection> detections,
      List<String> texts) {
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

    Assigned assigned = assign(alive, detections, texts, capturedAt);
    List<TrackUpdate.Merge> merged = merge(alive, detections, assigned.trackOf, capturedAt);

    long next = state.nextNumber();
    Long[] numbers = new Long[detections.size()];
    for (int j = 0; j < detections.size(); j++) {
      int i = assigned.trackOf[j];
      if (i < 0) {
        Track started = started(next++, sequence, capturedAt, detections.get(j), texts.get(j));
        numbers[j] = started.number();
        alive.add(started);
      } else {
        numbers[j] = alive.get(i).number();
        alive.set(i, seen(alive.get(i), sequence, capturedAt, detections.get(j), texts.get(j)));
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

  /** A picture that is a scene of its own: nothing goes on into it and nothing out of it. */
  public TrackUpdate updateStill(
      TrackerState state, long sequence, Instant capturedAt, List<PairedDetection> detections) {
    TrackUpdate before = finish(state);
    TrackUpdate scene = update(before.state(), sequence, capturedAt, detections);
    List<Track> ended = new ArrayList<>(before.ended());
    ended.addAll(scene.state().tracks());
    return new TrackUpdate(
        without(scene.state(), new ArrayList<>()), scene.trackNumbers(), List.of(), ended);
  }

  /** Ends the tracks whose time is over although no frame came. */
  public TrackUpdate expire(TrackerState state, Instant now) {
    List<Track> alive = new ArrayList<>();
    List<Track> ended = new ArrayList<>();
    for (Track track : state.tracks()) {
      (now.isAfter(deadline(track, state.frameSeconds())) ? ended : alive).add(track);
    }
    return new TrackUpdate(without(state, alive), List.of(), List.of(), ended);
  }

  /** Ends all tracks: the film is over. */
  public TrackUpdate finish(TrackerState state) {
    return new TrackUpdate(
        without(state, new ArrayList<>()), List.of(), List.of(), List.copyOf(state.tracks()));
  }

  /** After which time the track has ended, if it is not seen again before. */
  public Instant deadline(Track track, TrackerState state) {
    return deadline(track, state.frameSeconds());
  }

  private Instant deadline(Track track, double frameSeconds) {
    long frames = (long) (config.maxMissingFrames() * frameSeconds * 1e9);
    return track.lastSeen().plusNanos(Math.max(config.maxMissing().toNanos(), frames));
  }

  private record Assigned(int[] trackOf) {}

  private Assigned assign(
      List<Track> tracks, List<PairedDetection> detections, List<String> texts, Instant at) {
    double[][] gain = new double[detections.size()][tracks.size()];
    for (int j = 0; j < detections.size(); j++) {
      for (int i = 0; i < tracks.size(); i++) {
        double s = similarity.of(tracks.get(i), detections.get(j), texts.get(j), at);
        gain[j][i] = s < config.minSimilarity() ? 0 : s;
      }
    }
    int[] trackOf = LinearAssignment.largestTotal(gain, tracks.size());
    attachLonePlates(tracks, detections, trackOf, at);
    return new Assigned(trackOf);
  }

  /** A plate that was not paired in this frame goes to the vehicle that had it before. */
  private void attachLonePlates(
      List<Track> tracks, List<PairedDetection> detections, int[] trackOf, Instant at) {
    for (int j = 0; j < trackOf.length; j++) {
      if (trackOf[j] >= 0 || detections.get(j).vehicle() != null) {
        continue;
      }
      double best = config.minSimilarity();
      for (int k = 0; k < trackOf.length; k++) {
        int i = trackOf[k];
        if (i < 0 || detections.get(k).plate() != null || tracks.get(i).plate() == null) {
          continue;
        }
        double s = similarity.plate(tracks.get(i), detections.get(j).plate(), at);
        if (s >= best) {
          best = s;
          trackOf[j] = i;
        }
      }
    }
  }

  /**
   * A plate that was followed alone ends where its vehicle is paired with it: from then on both are
   * one track, which began when the first of them did.
   */
  private List<TrackUpdate.Merge> merge(
      List<Track> tracks, List<PairedDetection> detections, int[] trackOf, Instant at) {
    List<TrackUpdate.Merge> merged = new ArrayList<>();
    boolean[] taken = new boolean[tracks.size()];
    for (int i : trackOf) {
      if (i >= 0) {
        taken[i] = true;
      }
    }
    for (int j = 0; j < trackOf.length; j++) {
      PairedDetection detection = detections.get(j);
      if (trackOf[j] < 0 || detection.vehicle() == null || detection.plate() == null) {
        continue;
      }
      for (int i = 0; i < tracks.size(); i++) {
        Track lone = tracks.get(i);
        if (taken[i]
            || lone.vehicle() != null
            || similarity.plate(lone, detection.plate(), at) < config.minSimilarity()) {
          continue;
        }
        taken[i] = true;
        merged.add(new TrackUpdate.Merge(lone.number(), tracks.get(trackOf[j]).number()));
        tracks.set(trackOf[j], joined(tracks.get(trackOf[j]), lone));
      }
    }
    return merged;
  }

  private static Track joined(Track track, Track lone) {
    boolean earlier = lone.firstSeen().isBefore(track.firstSeen());
    return new Track(
        track.number(),
        earlier ? lone.firstSequence() : track.firstSequence(),
        track.lastSequence(),
        earlier ? lone.firstSeen() : track.firstSeen(),
        track.lastSeen(),
        Math.max(track.frames(), lone.frames()),
        track.vehicleFrames(),
        Math.max(track.plateFrames(), lone.plateFrames()),
        track.vehicle(),
        track.plate() == null ? lone.plate() : track.plate(),
        track.vehicleSeen(),
        track.plate() == null ? lone.plateSeen() : track.plateSeen(),
        track.firstBox(),
        track.lastBox(),
        track.classVotes(),
        track.plateText() == null ? lone.plateText() : track.plateText());
  }

  private static Track started(
      long number, long sequence, Instant at, PairedDetection detection, String text) {
    Detection vehicle = detection.vehicle();
    Detection plate = detection.plate();
    BoundingBox box = vehicle != null ? vehicle.box() : plate.box();
    return new Track(
        number,
        sequence,
        sequence,
        at,
        at,
        1,
        vehicle == null ? 0 : 1,
        plate == null ? 0 : 1,
        vehicle == null ? null : BoxMotion.at(vehicle.box()),
        plate == null ? null : BoxMotion.at(plate.box()),
        vehicle == null ? null : at,
        plate == null ? null : at,
        box,
        box,
        vehicle == null
            ? new ArrayList<>()
            : Track.voted(List.of(), vehicle.label(), vehicle.score()),
        text);
  }

  private static Track seen(
      Track track, long sequence, Instant at, PairedDetection detection, String text) {
    Detection vehicle = detection.vehicle();
    Detection plate = detection.plate();
    boolean sameFrame = track.lastSequence() == sequence && track.lastSeen().equals(at);
    // From the first vehicle box on, the track's way is the vehicle's way.
    BoundingBox box =
        vehicle != null ? vehicle.box() : track.vehicle() != null ? track.lastBox() : plate.box();
    boolean firstVehicle = vehicle != null && track.vehicle() == null;
    return new Track(
        track.number(),
        track.firstSequence(),
        sequence,
        track.firstSeen(),
        at.isBefore(track.lastSeen()) ? track.lastSeen() : at,
        track.frames() + (sameFrame ? 0 : 1),
        track.vehicleFrames() + (vehicle == null ? 0 : 1),
        track.plateFrames() + (plate == null ? 0 : 1),
        vehicle == null
            ? track.vehicle()
            : moved(track.vehicle(), track.vehicleSeen(), track.vehicleFrames(), vehicle, at),
        plate == null
            ? track.plate()
            : moved(track.plate(), track.plateSeen(), track.plateFrames(), plate, at),
        vehicle == null ? track.vehicleSeen() : at,
        plate == null ? track.plateSeen() : at,
        firstVehicle ? box : track.firstBox(),
        box,
        vehicle == null
            ? track.classVotes()
            : Track.voted(track.classVotes(), vehicle.label(), vehicle.score()),
        text == null ? track.plateText() : text);
  }

  private static BoxMotion moved(
      BoxMotion motion, Instant seen, int frames, Detection detection, Instant at) {
    return motion == null
        ? BoxMotion.at(detection.box())
        : motion.seen(detection.box(), TrackSimilarity.seconds(seen, at), frames == 1);
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

  private static TrackerState without(TrackerState state, List<Track> alive) {
    return new TrackerState(state.nextNumber(), state.frameSeconds(), state.lastFrame(), alive);
  }
}
