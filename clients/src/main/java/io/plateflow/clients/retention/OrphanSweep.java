package io.plateflow.clients.retention;

import io.plateflow.clients.ClientException;
import io.plateflow.clients.evidence.EvidenceFolder;
import io.plateflow.clients.evidence.EvidenceFolder.StoredPicture;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes pictures that belong to no row, once a week, a few passes at a time: what was left by a
 * crash, by refused rows, by a database that was put back.
 */
public final class OrphanSweep {

  private static final Logger LOG = LoggerFactory.getLogger(OrphanSweep.class);
  private static final Duration EVERY = Duration.ofDays(7);

  /** A job that has just begun may still owe the rows of its last checkpoint. */
  private static final Duration AFTER_START = Duration.ofHours(1);

  private static final Duration AFTER_FAILURE = Duration.ofHours(1);

  /**
   * Pictures of open passes have no row. Those of a vehicle in view are touched every few hours,
   * and one that is out of sight is waited for a day at most.
   */
  static final Duration SAFE_AGE = Duration.ofDays(2);

  /** A step that takes longer would hold checkpoints. */
  private static final Duration LONGEST_STEP = Duration.ofSeconds(1);

  private static final int PASSES = 100;

  private final EvidenceFolder store;
  private final StorageRows rows;
  private final RetentionRun.Counts counts;

  /** Null before the first step. */
  private @Nullable Instant next;

  private boolean sweeping;
  private final ArrayDeque<String> days = new ArrayDeque<>();
  private final ArrayDeque<String> passes = new ArrayDeque<>();
  private String day = "";
  private long removed;

  public OrphanSweep(EvidenceFolder store, StorageRows rows, RetentionRun.Counts counts) {
    this.store = store;
    this.rows = rows;
    this.counts = counts;
  }

  /** Does one step of the current sweep, or starts one that is due. */
  public void step(Instant now) {
    if (next == null) {
      next = now.plus(AFTER_START);
    }
    if (now.isBefore(next)) {
      return;
    }
    try {
      if (!sweeping && !begin(now)) {
        return;
      }
      long deadline = System.nanoTime() + LONGEST_STEP.toNanos();
      while (sweeping && System.nanoTime() < deadline) {
        sweep(now);
      }
    } catch (ClientException | IOException e) {
      counts.failed();
      LOG.warn(
          "Cannot search the evidence store for pictures without a row ({}); again in {}",
          e.toString(),
          AFTER_FAILURE);
      sweeping = false;
      next = now.plus(AFTER_FAILURE);
    }
  }

  private boolean begin(Instant now) throws IOException {
    Instant last = rows.sweptAt(store.prefix());
    if (last != null && now.isBefore(last.plus(EVERY))) {
      next = last.plus(EVERY);
      return false;
    }
    days.clear();
    passes.clear();
    days.addAll(store.days());
    removed = 0;
    sweeping = true;
    return true;
  }

  private void sweep(Instant now) throws IOException {
    if (passes.isEmpty()) {
      if (days.isEmpty()) {
        end(now);
        return;
      }
      day = days.poll();
      passes.addAll(store.passes(day));
    }
    List<StoredPicture> old = new ArrayList<>();
    for (int i = 0; i < PASSES && !passes.isEmpty(); i++) {
      store.pictures(day, passes.poll()).stream()
          .filter(picture -> picture.modifiedAt().isBefore(now.minus(SAFE_AGE)))
          .forEach(old::add);
    }
    if (old.isEmpty()) {
      return;
    }
    List<StoredPicture> orphans = rows.orphans(old);
    for (StoredPicture orphan : orphans) {
      store.delete(orphan.path());
    }
    removed += orphans.size();
    counts.orphansDeleted(orphans.size());
  }

  private void end(Instant now) {
    sweeping = false;
    next = now.plus(EVERY);
    rows.noteSwept(store.prefix(), now);
    LOG.info("Evidence store searched: {} pictures without a row removed", removed);
  }
}
