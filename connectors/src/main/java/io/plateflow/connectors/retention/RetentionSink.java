package io.plateflow.connectors.retention;

import io.plateflow.clients.camera.CameraCatalog;
import io.plateflow.clients.evidence.PictureStore;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.postgres.PostgresExpiredRows;
import io.plateflow.clients.retention.RetentionConfig;
import io.plateflow.clients.retention.RetentionRun;
import io.plateflow.connectors.evidence.EvidenceStore;
import java.io.IOException;
import java.time.Instant;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.Counter;
import org.jspecify.annotations.Nullable;

/** Runs one retention step per tick; failures never fail the job. */
public final class RetentionSink implements Sink<Long> {

  private static final long serialVersionUID = 1L;

  private final RetentionConfig retention;
  private final CameraCatalog cameras;
  private final PostgresConfig postgres;
  private final @Nullable EvidenceStore evidence;

  /**
   * @param evidence null where no pictures are kept; those of earlier jobs then stay
   */
  public RetentionSink(
      RetentionConfig retention,
      CameraCatalog cameras,
      PostgresConfig postgres,
      @Nullable EvidenceStore evidence) {
    this.retention = retention;
    this.cameras = cameras;
    this.postgres = postgres;
    this.evidence = evidence;
  }

  @Override
  public SinkWriter<Long> createWriter(WriterInitContext context) {
    Counter passes = context.metricGroup().counter("expiredPassesDeleted");
    Counter pictures = context.metricGroup().counter("expiredPicturesDeleted");
    Counter failures = context.metricGroup().counter("retentionFailures");
    RetentionRun.Counts counts =
        new RetentionRun.Counts() {
          @Override
          public void passesDeleted(int deleted) {
            passes.inc(deleted);
          }

          @Override
          public void picturesDeleted(int deleted) {
            pictures.inc(deleted);
          }

          @Override
          public void failed() {
            failures.inc();
          }
        };
    return new Writer(
        new RetentionRun(
            retention,
            cameras,
            new PostgresExpiredRows(postgres, retention.keepByDefault()),
            evidence == null ? new NoStore() : evidence,
            counts));
  }

  /** Uses the system clock, not the time of the ticks. */
  private record Writer(RetentionRun run) implements SinkWriter<Long> {
    @Override
    public void write(Long tick, Context context) {
      run.step(Instant.now());
    }

    @Override
    public void flush(boolean endOfInput) {
      // Every step is complete in itself.
    }

    @Override
    public void close() {
      run.close();
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
  }
}
