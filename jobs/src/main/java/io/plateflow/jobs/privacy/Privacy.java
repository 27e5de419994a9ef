package io.plateflow.jobs.privacy;

import io.plateflow.jobs.evidence.ListedPictures;
import org.jspecify.annotations.Nullable;

/**
 * How the job treats vehicles whose plates are on no list.
 *
 * @param hashes null where plates leave the job as they are
 * @param pictures stores pictures of listed plates where others are not stored
 */
public record Privacy(PlateHash.@Nullable Factory hashes, ListedPictures.Factory pictures) {

  /** Nothing is hidden. */
  public static final Privacy NONE = new Privacy(null, metrics -> null);
}
