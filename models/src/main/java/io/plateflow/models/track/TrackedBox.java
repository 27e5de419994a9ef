package io.plateflow.models.track;

import io.plateflow.schemas.geometry.BoundingBox;
import java.time.Instant;

/**
 * The box of a track's vehicle or plate.
 *
 * @param seenAt capture time of the frame that last showed it
 * @param frames how many frames showed it
 */
public record TrackedBox(BoxMotion motion, Instant seenAt, int frames) {

  static TrackedBox at(BoundingBox box, Instant at) {
    return new TrackedBox(BoxMotion.at(box), at, 1);
  }

  /** The box after another sighting. */
  TrackedBox seen(BoundingBox box, Instant at) {
    BoxMotion moved = motion.seen(box, TrackSimilarity.seconds(seenAt, at), frames == 1);
    return new TrackedBox(moved, at, frames + 1);
  }

  /** The box that is expected at that time. */
  BoundingBox predicted(Instant at) {
    return motion.predicted(TrackSimilarity.seconds(seenAt, at));
  }

  TrackedBox withFrames(int newFrames) {
    return new TrackedBox(motion, seenAt, newFrames);
  }
}
