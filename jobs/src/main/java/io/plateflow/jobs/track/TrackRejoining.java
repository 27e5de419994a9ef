package io.plateflow.jobs.track;

import io.plateflow.models.track.Track;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.plate.ConfusionDistance;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rejoins a track that broke in two: an occluded vehicle is recognised by its plate, a parked one
 * by its place.
 */
final class TrackRejoining {

  /** Texts that differ by less than this are one plate, read twice. */
  private static final double SAME_PLATE = 1;

  private final RejoinConfig config;

  TrackRejoining(RejoinConfig config) {
    this.config = config;
  }

  /** The dormant pass of this ended track, or null where it is not to be resumed. */
  @Nullable DormantPass dormant(Track track, PassDraft draft) {
    if (draft.rest != null && draft.rest.hasLasted(config.parkedAfter(), track.lastSeen())) {
      return new DormantPass(track, draft, track.lastSeen().plus(config.parkedMemory()), true);
    }
    return !draft.reads.hasText() || config.rejoin().isZero()
        ? null
        : new DormantPass(track, draft, track.lastSeen().plus(config.rejoin()), false);
  }

  /** Removes and returns the parked pass at this box, or null. */
  @Nullable DormantPass atPlace(List<DormantPass> dormant, BoundingBox box) {
    for (Iterator<DormantPass> i = dormant.iterator(); i.hasNext(); ) {
      DormantPass pass = i.next();
      RestingPlace rest = pass.draft().rest;
      if (pass.parked() && rest != null && rest.isAt(box)) {
        i.remove();
        return pass;
      }
    }
    return null;
  }

  /** Removes and returns the pass with this plate, or null. */
  @Nullable DormantPass withPlate(List<DormantPass> dormant, String text) {
    for (Iterator<DormantPass> i = dormant.iterator(); i.hasNext(); ) {
      DormantPass pass = i.next();
      String known = pass.draft().reads.text;
      if (!known.isEmpty() && ConfusionDistance.distance(known, text) < SAME_PLATE) {
        i.remove();
        return pass;
      }
    }
    return null;
  }
}
