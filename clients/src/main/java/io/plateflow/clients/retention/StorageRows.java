package io.plateflow.clients.retention;

import io.plateflow.clients.evidence.DiskSpace;
import io.plateflow.clients.evidence.EvidenceFolder.StoredPicture;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the tables know of the evidence store. Every call throws a {@link
 * io.plateflow.clients.ClientException} when they are away.
 */
public interface StorageRows extends AutoCloseable {

  /**
   * A place in the order of passes, from the oldest on.
   *
   * @param at capture time
   */
  record Place(Instant at, long id) {
    static final Place BEGINNING = new Place(Instant.EPOCH, 0);
  }

  /**
   * @param lookedAt 0 where there are no more
   * @param removed passes that lost their pictures, which are queued for removal
   * @param last where the next step goes on; null where there are no more
   */
  record Removal(int lookedAt, int removed, @Nullable Place last) {}

  /** Takes the pictures under a folder from the oldest passes behind a place. */
  Removal removeOldestEvidence(String folder, Place after, int most);

  /** Stores how full the disk of a store is. */
  void noteSpace(String store, DiskSpace space, StorageLevel level, Instant at);

  /** When a store was last swept; null where it never was. */
  @Nullable Instant sweptAt(String store);

  void noteSwept(String store, Instant at);

  /** Those of the pictures that belong to no row. */
  List<StoredPicture> orphans(List<StoredPicture> pictures);

  @Override
  void close();
}
