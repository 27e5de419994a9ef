package io.plateflow.jobs.track;

import io.plateflow.clients.camera.CameraInput;
import io.plateflow.models.track.TrackerState;
import io.plateflow.schemas.camera.CameraDefinition;
import io.plateflow.schemas.camera.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All that is open before one camera. A Flink POJO: kept in keyed state, small. */
public final class CameraTracks {

  public TrackerState tracker = TrackerState.empty();

  /** By track number. */
  public Map<Long, PassDraft> drafts = new HashMap<>();

  /** Passes whose track has ended and whose vehicle may come back. */
  public List<DormantPass> dormant = new ArrayList<>();

  public Place place;

  /** Whether the camera is a film or folder, which goes on where it was left, however late. */
  public boolean recorded;

  /** Countries whose plates are expected; empty means any. */
  public List<String> regions = List.of();

  /** Whether nothing is before the camera that a later frame could add to. */
  boolean isEmpty() {
    return tracker.tracks().isEmpty() && dormant.isEmpty();
  }

  /** For Flink. */
  public CameraTracks() {}

  CameraTracks(CameraDefinition camera) {
    place = Place.of(camera);
    recorded = CameraInput.of(camera) == CameraInput.RECORDED;
    regions = camera.regions();
  }
}
