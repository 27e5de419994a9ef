package io.plateflow.clients.retention;

import io.plateflow.clients.ClientException;
import io.plateflow.clients.evidence.DiskSpace;
import io.plateflow.clients.evidence.EvidenceFolder;
import io.plateflow.schemas.config.SpaceAmount;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures the disk of the evidence store, and warns before it is full. */
public final class StorageWatch {

  private static final Logger LOG = LoggerFactory.getLogger(StorageWatch.class);
  private static final Duration NOTE_EVERY = Duration.ofMinutes(1);
  private static final Duration WARN_EVERY = Duration.ofHours(1);

  private final EvidenceFolder store;
  private final @Nullable SpaceAmount keepFree;
  private final StorageRows rows;

  private StorageLevel level = StorageLevel.OK;
  private StorageLevel warned = StorageLevel.OK;
  private Instant noteAt = Instant.MIN;
  private Instant warnAt = Instant.MIN;
  private boolean toldUnknown;

  /**
   * @param keepFree null where nothing is kept free
   */
  public StorageWatch(EvidenceFolder store, @Nullable SpaceAmount keepFree, StorageRows rows) {
    this.store = store;
    this.keepFree = keepFree;
    this.rows = rows;
  }

  /** How full the disk is; null where the store cannot tell. */
  public @Nullable DiskSpace look(Instant now) {
    DiskSpace space = store.space();
    if (space == null) {
      tellUnknown();
      return null;
    }
    StorageLevel before = level;
    level = StorageLevel.of(space, keepFree);
    warn(before, space, now);
    if (level != before || !now.isBefore(noteAt)) {
      note(space, now);
    }
    return space;
  }

  private void tellUnknown() {
    if (toldUnknown) {
      return;
    }
    toldUnknown = true;
    String message = "Evidence store {} cannot tell its free space: no warning before it is full{}";
    if (keepFree == null) {
      LOG.info(message, store.prefix(), "");
    } else {
      LOG.warn(message, store.prefix(), ", and retention.keep-free does nothing");
    }
  }

  private void warn(StorageLevel before, DiskSpace space, Instant now) {
    if (level == StorageLevel.OK) {
      if (before != StorageLevel.OK) {
        LOG.info("Disk of the evidence store {} is no longer full: {} free", store.prefix(), space);
      }
      return;
    }
    // A disk on the edge goes to and fro: what was said of it holds for a while.
    if (level.compareTo(warned) > 0 || !now.isBefore(warnAt)) {
      warned = level;
      LOG.warn(
          "Disk of the evidence store {} is getting full ({}): {} free; when it is full, pictures"
              + " are given up",
          store.prefix(),
          level.label(),
          space);
      warnAt = now.plus(WARN_EVERY);
    }
  }

  private void note(DiskSpace space, Instant now) {
    noteAt = now.plus(NOTE_EVERY);
    try {
      rows.noteSpace(store.prefix(), space, level, now);
    } catch (ClientException e) {
      LOG.warn("Cannot store how full the evidence store is ({})", e.getMessage());
    }
  }
}
