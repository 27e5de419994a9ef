package io.plateflow.clients.retention;

import io.plateflow.clients.evidence.PictureStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes the pictures whose paths are queued. What fails is counted and tried again later. */
public final class PictureRemoval {

  private static final Logger LOG = LoggerFactory.getLogger(PictureRemoval.class);

  /** A step that takes longer would hold checkpoints. */
  private static final Duration LONGEST_STEP = Duration.ofSeconds(1);

  private final ExpiredRows rows;
  private final PictureStore pictures;
  private final RetentionRun.Counts counts;
  private final int batchSize;

  public PictureRemoval(
      ExpiredRows rows, PictureStore pictures, RetentionRun.Counts counts, int batchSize) {
    this.rows = rows;
    this.pictures = pictures;
    this.counts = counts;
    this.batchSize = batchSize;
  }

  /**
   * One step.
   *
   * @param begun pictures that were tried since then are left alone
   * @return false when there are none left
   */
  boolean step(Instant begun, Instant now) {
    List<String> found = rows.pictures(begun, batchSize);
    remove(found, now);
    return !found.isEmpty();
  }

  /**
   * Removes what was not tried yet, as far as one step comes.
   *
   * @return false where one of them could not be removed
   */
  boolean removeAll(Instant now) {
    long deadline = System.nanoTime() + LONGEST_STEP.toNanos();
    List<String> found = rows.pictures(Instant.EPOCH, batchSize);
    while (!found.isEmpty() && System.nanoTime() < deadline) {
      if (!remove(found, now)) {
        return false;
      }
      found = rows.pictures(Instant.EPOCH, batchSize);
    }
    return true;
  }

  private boolean remove(List<String> found, Instant now) {
    long deadline = System.nanoTime() + LONGEST_STEP.toNanos();
    List<String> gone = new ArrayList<>();
    List<String> left = new ArrayList<>();
    IOException failure = null;
    for (String path : found) {
      try {
        pictures.delete(path);
        gone.add(path);
      } catch (IOException e) {
        failure = e;
        left.add(path);
      }
      if (System.nanoTime() > deadline) {
        break;
      }
    }
    counts.picturesDeleted(gone.size());
    if (!gone.isEmpty()) {
      rows.forgetPictures(gone);
    }
    if (!left.isEmpty()) {
      left.forEach(path -> counts.failed());
      LOG.warn(
          "Cannot remove {} pictures, again later: first={}", left.size(), left.get(0), failure);
      rows.notePictureFailures(left, now);
    }
    return left.isEmpty();
  }
}
