package io.plateflow.jobs.track;

import io.plateflow.models.track.Track;
import io.plateflow.schemas.geometry.BoundingBox;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The tracks of a pass before the present one, where its track broke off and the vehicle came back.
 *
 * @param firstSeen capture time; null where the pass has one track
 * @param firstBox null where the pass has one track
 * @param frames of all earlier tracks together
 */
public record EarlierTracks(
    @Nullable Instant firstSeen, @Nullable BoundingBox firstBox, int frames) {

  /** The pass has one track. */
  public static final EarlierTracks NONE = new EarlierTracks(null, null, 0);

  /** These and the tracks of the pass that goes on. */
  EarlierTracks after(DormantPass before) {
    EarlierTracks further = before.draft().earlier;
    Track track = before.track();
    return new EarlierTracks(
        further.firstSeen(track), further.firstBox(track), frames + further.frames(track));
  }

  Instant firstSeen(Track present) {
    return firstSeen != null ? firstSeen : present.firstSeen();
  }

  BoundingBox firstBox(Track present) {
    return firstBox != null ? firstBox : present.firstBox();
  }

  int frames(Track present) {
    return frames + present.frames();
  }
}
