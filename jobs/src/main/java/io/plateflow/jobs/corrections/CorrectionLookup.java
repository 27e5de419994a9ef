package io.plateflow.jobs.corrections;

import io.plateflow.clients.ClientException;
import io.plateflow.clients.corrections.CorrectionArchive;
import io.plateflow.clients.corrections.CorrectionArrival;
import io.plateflow.clients.corrections.CorrectionRecord;
import io.plateflow.clients.corrections.CorrectionRejection;
import io.plateflow.clients.corrections.RecordedPass;
import io.plateflow.schemas.corrections.Correction;
import io.plateflow.schemas.corrections.CorrectionKind;
import io.plateflow.schemas.event.Topics;
import io.plateflow.schemas.frame.RejectedRecord;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks up what the tables know of the passes that people correct. While they are away it waits, as
 * their sinks do.
 */
public final class CorrectionLookup extends RichAsyncFunction<CorrectionRecord, CorrectionCase> {

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(CorrectionLookup.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final CorrectionArchives archives;

  private transient CorrectionArchive archive;
  private transient ExecutorService worker;

  public CorrectionLookup(CorrectionArchives archives) {
    this.archives = archives;
  }

  @Override
  public void open(OpenContext context) {
    archive = archives.open();
    // One after the other: a correction must find what the one before it has led to.
    worker =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "correction-lookup");
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public void asyncInvoke(CorrectionRecord record, ResultFuture<CorrectionCase> result) {
    worker.execute(
        () -> {
          try {
            result.complete(List.of(lookUp(record)));
          } catch (InterruptedException e) {
            // The task ends; what is in flight is asked again after its restart.
            Thread.currentThread().interrupt();
          } catch (RuntimeException e) {
            result.completeExceptionally(e);
          }
        });
  }

  private CorrectionCase lookUp(CorrectionRecord record) throws InterruptedException {
    if (record instanceof CorrectionRejection rejection) {
      return CorrectionCase.rejected(rejection.rejected());
    }
    Correction correction = ((CorrectionArrival) record).correction();
    while (true) {
      try {
        return lookUp(correction);
      } catch (IllegalArgumentException | DateTimeException e) {
        return refused(correction, String.valueOf(e.getMessage()));
      } catch (ClientException e) {
        LOG.warn("Correction {} waits: {}", correction.correctionId(), e.getMessage());
        TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
      }
    }
  }

  private CorrectionCase lookUp(Correction asked) {
    Correction correction = asked;
    if (asked.kind() == CorrectionKind.VISIT_JOIN && asked.to() == null && !asked.removed()) {
      String entry = asked.entryPassId();
      String plate = entry == null ? null : archive.plateOf(entry);
      if (plate == null || plate.startsWith("#")) {
        return refused(
            asked,
            "entry_pass_id: found no plate of '%s', expected an entry with one that is not hidden"
                .formatted(entry));
      }
      correction = asked.withPlates(asked.from(), plate);
    }
    RecordedPass recorded = archive.find(correction);
    boolean goes =
        correction.kind() == CorrectionKind.DELETE || correction.kind() == CorrectionKind.ERASE;
    if (goes && recorded != null && !recorded.heldBy().isEmpty()) {
      return refused(
          correction,
          "pass_id: found '%s' held by %s, expected one that nobody holds"
              .formatted(correction.passId(), String.join(", ", recorded.heldBy())));
    }
    return CorrectionCase.of(correction, recorded);
  }

  private static CorrectionCase refused(Correction correction, String reason) {
    return CorrectionCase.rejected(
        new RejectedRecord(
            Topics.CORRECTIONS,
            correction.changedAt().toEpochMilli(),
            "correction",
            "Correction %s: %s".formatted(correction.correctionId(), reason),
            Instant.now()));
  }

  @Override
  public void close() {
    if (worker != null) {
      worker.shutdownNow();
    }
    if (archive != null) {
      archive.close();
    }
  }
}
