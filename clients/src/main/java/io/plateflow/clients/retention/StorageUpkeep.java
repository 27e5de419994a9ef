package io.plateflow.clients.retention;

import io.plateflow.clients.evidence.DiskSpace;
import io.plateflow.clients.evidence.EvidenceFolder;
import io.plateflow.schemas.config.SpaceAmount;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What an evidence store needs by the clock: a look at its disk, room, a sweep. */
public final class StorageUpkeep implements AutoCloseable {

  private final StorageRows rows;
  private final StorageWatch watch;

  /** Null where nothing is kept free. */
  private final @Nullable KeepFree room;

  private final OrphanSweep sweep;

  /**
   * @param keepFree null where nothing is kept free
   * @param rows closed with this
   */
  public StorageUpkeep(
      EvidenceFolder store,
      @Nullable SpaceAmount keepFree,
      StorageRows rows,
      PictureRemoval removal,
      RetentionRun.Counts counts) {
    this.rows = rows;
    this.watch = new StorageWatch(store, keepFree, rows);
    this.room = keepFree == null ? null : new KeepFree(keepFree, store, rows, removal, counts);
    this.sweep = new OrphanSweep(store, rows, counts);
  }

  /** Does one step of each. */
  public void step(Instant now) {
    DiskSpace space = watch.look(now);
    if (room != null && space != null) {
      room.step(space, now);
    }
    sweep.step(now);
  }

  @Override
  public void close() {
    rows.close();
  }
}
