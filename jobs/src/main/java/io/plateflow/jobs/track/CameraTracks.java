package io.plateflow.jobs.track;

import io.plateflow.clients.camera.CameraInput;
import io.plateflow.models.track.Track;
import io.plateflow.models.track.TrackerState;
import io.plateflow.schemas.camera.CameraDefinition;
import io.plateflow.schemas.camera.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The open tracks and passes of one camera. A Flink POJO: kept in keyed state, small. */
public final class CameraTracks {

  public TrackerState tracker = TrackerState.empty();

  /** By track number. */
  public Map<Long, PassDraft> drafts = new HashMap<>();

  /** Passes whose track has ended and whose vehicle may come back. */
  public List<DormantPass> dormant = new ArrayList<>();

  public Place place;

  /** Whether the camera is a film or folder, which resumes where it stopped, however late. */
  public boolean recorded;

  /** Countries whose plates are expected; empty means any. */
  public List<String> regions = List.of();

  /** Whether there is no pass that a later frame could add to. */
  boolean isEmpty() {
    return tracker.tracks().isEmpty() && dormant.isEmpty();
  }

  /** The open track of this number. */
  Track track(long number) {
    for (Track track : tracker.tracks()) {
      if (track.number() == number) {
        return track;
      }
    }
    throw new IllegalStateException("Track %d is not open".formatted(number));
  }

  /** For Flink, which then sets every field. */
  @SuppressWarnings("NullAway.Init")
  public CameraTracks() {}

  CameraTracks(CameraDefinition camera) {
    place = Place.of(camera);
    recorded = CameraInput.of(camera) == CameraInput.RECORDED;
    regions = camera.regions();
  }

  /** Takes what the catalogue says of the camera now: a parked car may keep this state for days. */
  void follow(CameraDefinition camera) {
    place = Place.of(camera);
    regions = camera.regions();
  }
}
