package io.plateflow.clients.retention;

import io.plateflow.clients.ClientException;
import io.plateflow.clients.camera.CameraCatalog;
import io.plateflow.schemas.camera.CameraDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what is older than its camera keeps it, a small step at a time: first rows, which leave
 * the names of their pictures behind, then the pictures. Whatever fails is counted, logged and
 * tried again by the next run; each step may be repeated.
 */
public final class RetentionRun implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RetentionRun.class);

  /** A new camera is known soon, whatever the interval. */
  private static final Duration CATALOGUE_INTERVAL = Duration.ofSeconds(10);

  private final RetentionConfig config;
  private final CameraCatalog cameras;
  private final ExpiredRows rows;
  private final PictureRemoval removal;
  private final Counts counts;

  private Instant nextLook = Instant.EPOCH;

  /** As it was noted last; null before that. */
  private @Nullable List<CameraDefinition> noted;

  /** Null between two runs. */
  private @Nullable Instant begun;

  private Instant next = Instant.EPOCH;

  /** Retention metrics: deleted, failed. */
  public interface Counts {
    void passesDeleted(int passes);

    void picturesDeleted(int pictures);

    /** Passes that lost their pictures because the disk was getting full. */
    void evidenceRemoved(int passes);

    /** Pictures that belonged to no row. */
    void orphansDeleted(int pictures);

    void failed();
  }

  public RetentionRun(
      RetentionConfig config,
      CameraCatalog cameras,
      ExpiredRows rows,
      PictureRemoval removal,
      Counts counts) {
    this.config = config;
    this.cameras = cameras;
    this.rows = rows;
    this.removal = removal;
    this.counts = counts;
  }

  /** Does one step of the current run, or starts a run that is due. */
  public void step(Instant now) {
    try {
      if (!now.isBefore(nextLook)) {
        nextLook = now.plus(CATALOGUE_INTERVAL);
        noteCameras();
      }
      if (now.isBefore(next)) {
        return;
      }
      Instant run = begun;
      if (run == null) {
        run = now;
        begun = now;
      }
      int deleted = rows.deletePasses(config.batchSize());
      counts.passesDeleted(deleted);
      if (deleted == 0 && !removal.step(run, now)) {
        endRun(now);
      }
    } catch (ClientException e) {
      counts.failed();
      LOG.warn("Cannot delete expired passes ({}); again in {}", e.getMessage(), config.interval());
      endRun(now);
    }
  }

  private void endRun(Instant now) {
    begun = null;
    next = now.plus(config.interval());
  }

  private void noteCameras() {
    List<CameraDefinition> catalogue;
    try {
      catalogue = cameras.load();
    } catch (RuntimeException e) {
      // A catalogue that cannot be read now leaves what it said before.
      counts.failed();
      LOG.warn("Cannot read the retention of the cameras: {}", e.getMessage());
      return;
    }
    if (!catalogue.equals(noted)) {
      rows.noteCameras(catalogue);
      noted = catalogue;
    }
  }

  @Override
  public void close() {
    rows.close();
  }
}
