package io.plateflow.models.track;

import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.detection.PairedDetection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Joins the detections of a frame to the tracks before it. */
final class TrackAssignment {

  private final TrackSimilarity similarity;
  private final double minSimilarity;

  TrackAssignment(TrackerConfig config) {
    this.similarity = new TrackSimilarity(config);
    this.minSimilarity = config.minSimilarity();
  }

  /**
   * The track of each detection by its index, or -1 where it starts a track of its own. Several
   * detections may have one track.
   */
  int[] assign(List<Track> tracks, List<PairedDetection> detections, Instant at) {
    double[][] gain = new double[detections.size()][tracks.size()];
    for (int j = 0; j < detections.size(); j++) {
      for (int i = 0; i < tracks.size(); i++) {
        double s = similarity.of(tracks.get(i), detections.get(j), at);
        gain[j][i] = s < minSimilarity ? 0 : s;
      }
    }
    int[] trackOf = LinearAssignment.largestTotal(gain, tracks.size());
    attachLonePlates(tracks, detections, trackOf, at);
    return trackOf;
  }

  /** A plate that was not paired in this frame goes to the vehicle that had it before. */
  private void attachLonePlates(
      List<Track> tracks, List<PairedDetection> detections, int[] trackOf, Instant at) {
    for (int j = 0; j < trackOf.length; j++) {
      Detection plate = detections.get(j).plate();
      if (trackOf[j] >= 0 || detections.get(j).vehicle() != null || plate == null) {
        continue;
      }
      double best = minSimilarity;
      for (int k = 0; k < trackOf.length; k++) {
        int i = trackOf[k];
        TrackedBox before = i < 0 ? null : tracks.get(i).plate();
        if (before == null || detections.get(k).plate() != null) {
          continue;
        }
        double s = similarity.plate(before, plate, at);
        if (s >= best) {
          best = s;
          trackOf[j] = i;
        }
      }
    }
  }

  /**
   * Joins each track of a lone plate to that of the vehicle with which the plate is paired in this
   * frame: from then on both are one track, which began when the first of them did.
   *
   * @param tracks changed: the vehicle's track takes in the plate's, which stays in the list
   */
  List<TrackUpdate.Merge> merge(
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
      Detection plate = detection.plate();
      if (trackOf[j] < 0 || detection.vehicle() == null || plate == null) {
        continue;
      }
      for (int i = 0; i < tracks.size(); i++) {
        Track lone = tracks.get(i);
        TrackedBox before = lone.plate();
        if (taken[i]
            || lone.vehicle() != null
            || before == null
            || similarity.plate(before, plate, at) < minSimilarity) {
          continue;
        }
        taken[i] = true;
        merged.add(new TrackUpdate.Merge(lone.number(), tracks.get(trackOf[j]).number()));
        tracks.set(trackOf[j], tracks.get(trackOf[j]).joinedWith(lone));
      }
    }
    return merged;
  }
}
