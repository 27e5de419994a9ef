package io.plateflow.connectors.reads;

import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.clients.reads.ReadRecord;
import io.plateflow.connectors.kafka.CompactedTopicSource;
import io.plateflow.schemas.event.Topics;
import java.util.List;

/** Reads the topic of reads from the first record that it still holds. */
public final class ReadSource {

  private ReadSource() {}

  /**
   * Not compacted, but read alike: a record that is read again is the same pass.
   *
   * @param bounded whether it ends at what the topic holds when the job starts
   */
  public static CompactedTopicSource<ReadRecord> create(KafkaConfig kafka, boolean bounded) {
    return CompactedTopicSource.create(
        kafka, List.of(Topics.READS), new ReadRecordDeserializer(), bounded);
  }
}
