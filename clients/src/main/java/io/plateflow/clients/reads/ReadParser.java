package io.plateflow.clients.reads;

import io.plateflow.clients.kafka.EventReader;
import io.plateflow.clients.kafka.MalformedEventException;
import io.plateflow.schemas.avro.PlateReadEvent;
import io.plateflow.schemas.frame.RejectedRecord;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Parses the records of the topic of reads. What cannot be used becomes a rejected record, never an
 * exception: one bad record must not stop the reads.
 */
public final class ReadParser {

  private static final EventReader<PlateReadEvent> READS =
      new EventReader<>(PlateReadEvent.class, "record_id");

  private ReadParser() {}

  /**
   * @param now by the wall clock: a read cannot be of much later
   */
  public static ReadRecord read(ConsumerRecord<byte[], byte[]> record, Instant now) {
    try {
      PlateReadEvent event = READS.read(record);
      ReadChecks.check(event, now);
      return new ReadArrival(event);
    } catch (MalformedEventException e) {
      return new ReadRejection(
          new RejectedRecord(
              "%s-%d".formatted(record.topic(), record.partition()),
              record.offset(),
              "read",
              String.valueOf(e.getMessage()),
              now));
    }
  }
}
