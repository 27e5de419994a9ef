package io.plateflow.clients.corrections;

import io.plateflow.clients.kafka.EventReader;
import io.plateflow.clients.kafka.MalformedEventException;
import io.plateflow.schemas.avro.CorrectionEvent;
import io.plateflow.schemas.corrections.Correction;
import io.plateflow.schemas.event.CorrectionEvents;
import io.plateflow.schemas.frame.RejectedRecord;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Parses the records of the topic of corrections. What is none becomes a rejected record, never an
 * exception: one bad record must not stop the others.
 */
public final class CorrectionParser {

  /** Clocks of other machines differ; one from far ahead would hold against all that follow. */
  static final Duration AHEAD = Duration.ofMinutes(5);

  private static final EventReader<CorrectionEvent> CORRECTIONS =
      new EventReader<>(CorrectionEvent.class, "pass_id");

  private CorrectionParser() {}

  /**
   * @param now by the wall clock
   */
  public static CorrectionRecord read(ConsumerRecord<byte[], byte[]> record, Instant now) {
    try {
      Correction correction = CorrectionEvents.correction(CORRECTIONS.read(record));
      if (correction.changedAt().isAfter(now.plus(AHEAD))) {
        throw new MalformedEventException(
            "changed_at: found %s, expected %s at the latest, %d minutes from now"
                .formatted(correction.changedAt(), now.plus(AHEAD), AHEAD.toMinutes()));
      }
      return new CorrectionArrival(correction);
    } catch (MalformedEventException | IllegalArgumentException e) {
      return new CorrectionRejection(
          new RejectedRecord(
              "%s-%d".formatted(record.topic(), record.partition()),
              record.offset(),
              "correction",
              String.valueOf(e.getMessage()),
              now));
    }
  }
}
