package io.plateflow.clients.retention;

import io.plateflow.clients.ClientException;
import io.plateflow.clients.evidence.DiskSpace;
import io.plateflow.clients.evidence.EvidenceFolder;
import io.plateflow.schemas.config.SpaceAmount;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the oldest evidence when its disk has less free than it should, until it has a tenth more
 * than that. Rows lose their pictures first; what fails is tried again.
 */
public final class KeepFree {

  private static final Logger LOG = LoggerFactory.getLogger(KeepFree.class);

  /** A step that takes longer would hold checkpoints. */
  private static final Duration LONGEST_STEP = Duration.ofSeconds(1);

  /** Few, so that hardly more goes than must. */
  private static final int PASSES = 10;

  private static final double ENOUGH = 1.1;
  private static final Duration AFTER_FAILURE = Duration.ofMinutes(1);

  /** Passes that were stored late stand before those already looked at. */
  private static final Duration FROM_BEGINNING = Duration.ofHours(1);

  private static final Duration SAY_EVERY = Duration.ofHours(1);

  private final SpaceAmount amount;
  private final EvidenceFolder store;
  private final StorageRows rows;
  private final PictureRemoval removal;
  private final RetentionRun.Counts counts;

  private boolean removing;
  private StorageRows.Place place = StorageRows.Place.BEGINNING;
  private Instant beginAgain = Instant.MIN;
  private Instant next = Instant.MIN;
  private Instant sayAt = Instant.MIN;
  private Instant sayNothingLeftAt = Instant.MIN;
  private long removed;

  /**
   * @param amount what is kept free
   */
  public KeepFree(
      SpaceAmount amount,
      EvidenceFolder store,
      StorageRows rows,
      PictureRemoval removal,
      RetentionRun.Counts counts) {
    this.amount = amount;
    this.store = store;
    this.rows = rows;
    this.removal = removal;
    this.counts = counts;
  }

  /** Does one step where one is due. */
  public void step(DiskSpace space, Instant now) {
    if (now.isBefore(next)) {
      return;
    }
    long wanted = amount.bytes(space.total());
    if (!removing && space.free() >= wanted) {
      return;
    }
    if (!removing) {
      removing = true;
      removed = 0;
      if (!now.isBefore(beginAgain)) {
        place = StorageRows.Place.BEGINNING;
        beginAgain = now.plus(FROM_BEGINNING);
      }
      if (!now.isBefore(sayAt)) {
        sayAt = now.plus(SAY_EVERY);
        LOG.warn(
            "Disk of the evidence store {}: {} free, retention.keep-free is {}: removing the oldest"
                + " evidence",
            store.prefix(),
            space,
            amount);
      }
    }
    try {
      removeUntil((long) Math.min(ENOUGH * wanted, space.total()), now);
    } catch (ClientException e) {
      counts.failed();
      LOG.warn(
          "Cannot remove the oldest evidence ({}); again in {}", e.getMessage(), AFTER_FAILURE);
      next = now.plus(AFTER_FAILURE);
    }
  }

  private void removeUntil(long enough, Instant now) {
    long deadline = System.nanoTime() + LONGEST_STEP.toNanos();
    while (System.nanoTime() < deadline) {
      DiskSpace space = store.space();
      if (space == null || space.free() >= enough) {
        removing = false;
        LOG.info("Evidence of {} passes removed: {} free", removed, space);
        return;
      }
      StorageRows.Removal step = rows.removeOldestEvidence(store.prefix(), place, PASSES);
      removed += step.removed();
      counts.evidenceRemoved(step.removed());
      if (step.removed() > 0 && !removal.removeAll(now)) {
        // Rows would go on losing pictures that stay.
        next = now.plus(AFTER_FAILURE);
        return;
      }
      StorageRows.Place last = step.last();
      if (last == null) {
        nothingLeft(space, now);
        return;
      }
      place = last;
    }
  }

  private void nothingLeft(DiskSpace space, Instant now) {
    removing = false;
    if (!now.isBefore(sayNothingLeftAt)) {
      sayNothingLeftAt = now.plus(SAY_EVERY);
      LOG.warn(
          "Disk of the evidence store {}: {} free, retention.keep-free is {}, and no evidence is"
              + " left that may be removed",
          store.prefix(),
          space,
          amount);
    }
  }
}
