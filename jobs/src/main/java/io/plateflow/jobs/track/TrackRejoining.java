package io.plateflow.jobs.track;

import io.plateflow.models.grammar.ConfusionDistance;
import io.plateflow.models.track.Track;
import io.plateflow.schemas.geometry.BoundingBox;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;

/**
 * Joins a track that broke in two: a vehicle that was hidden comes back under its plate, a parked
 * one is found again in its place.
 *
 * @param window how long after it was last seen a plate that comes back is the same pass
 * @param parkedAfter a vehicle that has not moved for so long is parked
 * @param parkedWindow how long a parked vehicle may be out of sight
 */
public record TrackRejoining(Duration window, Duration parkedAfter, Duration parkedWindow)
    implements Serializable {

  public static final TrackRejoining DEFAULT =
      new TrackRejoining(Duration.ofSeconds(4), Duration.ofMinutes(5), Duration.ofMinutes(10));

  /** Texts that differ by less than this are one plate, read twice. */
  private static final double SAME_PLATE = 1;

  /** Boxes that share so much are in one place. */
  private static final double SAME_PLACE = 0.6;

  /** Notes where the vehicle stands. */
  void see(PassDraft draft, BoundingBox box, Instant at) {
    if (draft.restBox == null || draft.restBox.iou(box) < SAME_PLACE) {
      draft.restBox = box;
      draft.restSince = at;
    }
  }

  /** The dormant pass that this ended track leaves, or null where its vehicle is gone for good. */
  DormantPass dormant(Track track, PassDraft draft) {
    if (draft.restSince != null
        && Duration.between(draft.restSince, track.lastSeen()).compareTo(parkedAfter) >= 0) {
      return new DormantPass(track, draft, track.lastSeen().plus(parkedWindow), true);
    }
    return draft.text.isEmpty() || window.isZero()
        ? null
        : new DormantPass(track, draft, track.lastSeen().plus(window), false);
  }

  /** Takes out the parked vehicle that stood where this box is, or returns null. */
  DormantPass atPlace(List<DormantPass> dormant, BoundingBox box) {
    for (Iterator<DormantPass> i = dormant.iterator(); i.hasNext(); ) {
      DormantPass pass = i.next();
      if (pass.parked() && pass.draft().restBox.iou(box) >= SAME_PLACE) {
        i.remove();
        return pass;
      }
    }
    return null;
  }

  /** Takes out the pass with this plate, or returns null. */
  DormantPass withPlate(List<DormantPass> dormant, String text) {
    for (Iterator<DormantPass> i = dormant.iterator(); i.hasNext(); ) {
      DormantPass pass = i.next();
      String known = pass.draft().text;
      if (!known.isEmpty() && ConfusionDistance.distance(known, text) < SAME_PLATE) {
        i.remove();
        return pass;
      }
    }
    return null;
  }
}
