package io.plateflow.connectors.lists;

import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.clients.lists.ListRecord;
import io.plateflow.connectors.kafka.CompactedTopicSource;
import io.plateflow.schemas.event.Topics;

/** Reads the access list from the first record that its compacted topic still holds. */
public final class ListSource {

  private ListSource() {}

  /**
   * @param bounded whether it ends at what the topic holds when the job starts
   */
  public static CompactedTopicSource<ListRecord> create(KafkaConfig kafka, boolean bounded) {
    return CompactedTopicSource.create(
        kafka, Topics.PLATE_STATUS, new ListRecordDeserializer(), bounded);
  }
}
