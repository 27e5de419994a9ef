package io.plateflow.clients.evidence;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A picture store that can be looked through: days, in them passes, in them files. */
public interface EvidenceFolder extends PictureStore {

  /** What the paths of all its pictures begin with. */
  String prefix();

  /** How full its disk is; null where it cannot tell. */
  @Nullable DiskSpace space();

  /** {@code yyyy/MM/dd}, oldest first; none where the folder is not there. */
  List<String> days() throws IOException;

  /** Ids of the passes that have pictures of this day. */
  List<String> passes(String day) throws IOException;

  /**
   * One file.
   *
   * @param path as {@link #delete} takes it
   * @param name its end from the day on
   */
  record StoredPicture(String passId, String path, String name, Instant modifiedAt) {}

  /** The pictures of a pass, also those that were left unfinished. */
  List<StoredPicture> pictures(String day, String passId) throws IOException;
}
