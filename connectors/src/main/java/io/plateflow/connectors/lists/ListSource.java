package io.plateflow.connectors.lists;

import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.clients.lists.ListParser;
import io.plateflow.clients.lists.ListRecord;
import io.plateflow.clients.lists.ListTopics;
import io.plateflow.connectors.kafka.CompactedTopicSource;

/** Reads all lists from the first records that their compacted topics still hold. */
public final class ListSource {

  private ListSource() {}

  /**
   * @param settledReads see {@link ListParser#unreachable}
   * @param bounded whether it ends at what the topics hold when the job starts
   */
  public static CompactedTopicSource<ListRecord> create(
      KafkaConfig kafka, int settledReads, boolean bounded) {
    return CompactedTopicSource.create(
        kafka, ListTopics.ALL, new ListRecordDeserializer(settledReads), bounded);
  }
}
