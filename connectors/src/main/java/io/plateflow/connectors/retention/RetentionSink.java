package io.plateflow.connectors.retention;

import io.plateflow.clients.camera.CameraCatalog;
import io.plateflow.clients.evidence.DiskSpace;
import io.plateflow.clients.evidence.PictureStore;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.postgres.PostgresExpiredRows;
import io.plateflow.clients.postgres.PostgresStorageRows;
import io.plateflow.clients.retention.ExpiredRows;
import io.plateflow.clients.retention.PictureRemoval;
import io.plateflow.clients.retention.RetentionConfig;
import io.plateflow.clients.retention.RetentionRun;
import io.plateflow.clients.retention.StorageUpkeep;
import io.plateflow.connectors.evidence.EvidenceStore;
import java.io.IOException;
import java.time.Instant;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;

/** Runs one step of retention and of the evidence store's upkeep per tick; never fails the job. */
public final class RetentionSink implements Sink<Long> {

  private static final long serialVersionUID = 1L;

  private final RetentionConfig options;
  private final CameraCatalog cameras;
  private final PostgresConfig postgres;
  private final @Nullable EvidenceStore evidence;

  /**
   * @param evidence null where no pictures are kept; those of earlier jobs then stay
   */
  public RetentionSink(
      RetentionConfig options,
      CameraCatalog cameras,
      PostgresConfig postgres,
      @Nullable EvidenceStore evidence) {
    this.options = options;
    this.cameras = cameras;
    this.postgres = postgres;
    this.evidence = evidence;
  }

  @Override
  public SinkWriter<Long> createWriter(WriterInitContext context) {
    RetentionRun.Counts counts = new RetentionMetrics(context.metricGroup());
    ExpiredRows rows = new PostgresExpiredRows(postgres, options.keepByDefault());
    PictureRemoval removal =
        new PictureRemoval(
            rows, evidence == null ? new NoStore() : evidence, counts, options.batchSize());
    RetentionRun run = new RetentionRun(options, cameras, rows, removal, counts);
    return new Writer(
        run, evidence == null ? null : storage(evidence, context.metricGroup(), removal, counts));
  }

  private StorageUpkeep storage(
      EvidenceStore store,
      MetricGroup metrics,
      PictureRemoval removal,
      RetentionRun.Counts counts) {
    metrics.gauge("evidenceFreeBytes", () -> free(store.space()));
    metrics.gauge("evidenceFreeShare", () -> freeShare(store.space()));
    return new StorageUpkeep(
        store, options.keepFree(), new PostgresStorageRows(postgres), removal, counts);
  }

  private static long free(@Nullable DiskSpace space) {
    return space == null ? -1 : space.free();
  }

  private static double freeShare(@Nullable DiskSpace space) {
    return space == null ? -1 : space.freeShare();
  }

  /**
   * Uses the system clock, not the time of the ticks.
   *
   * @param storage null where there is no store
   */
  private record Writer(RetentionRun run, @Nullable StorageUpkeep storage)
      implements SinkWriter<Long> {
    @Override
    public void write(Long tick, Context context) {
      Instant now = Instant.now();
      if (storage != null) {
        storage.step(now);
      }
      run.step(now);
    }

    @Override
    public void flush(boolean endOfInput) {
      // Every step is complete in itself.
    }

    @Override
    public void close() {
      run.close();
      if (storage != null) {
        storage.close();
      }
    }
  }

  /** Logs why pictures are not deleted. */
  private static final class NoStore implements PictureStore {
    @Override
    public void write(String path, byte[] picture) throws IOException {
      throw new IOException("evidence.directory is not set");
    }

    @Override
    public void delete(String path) throws IOException {
      throw new IOException("evidence.directory is not set");
    }

    @Override
    public void touch(String path) throws IOException {
      throw new IOException("evidence.directory is not set");
    }
  }
}
