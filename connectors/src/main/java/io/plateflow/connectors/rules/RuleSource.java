package io.plateflow.connectors.rules;

import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.clients.rules.RuleRecord;
import io.plateflow.clients.rules.RuleTopics;
import io.plateflow.connectors.kafka.CompactedTopicSource;

/** Reads all rules and sites from the first records that their compacted topics still hold. */
public final class RuleSource {

  private RuleSource() {}

  /**
   * @param bounded whether it ends at what the topics hold when the job starts
   */
  public static CompactedTopicSource<RuleRecord> create(KafkaConfig kafka, boolean bounded) {
    return CompactedTopicSource.create(
        kafka, RuleTopics.ALL, new RuleRecordDeserializer(), bounded);
  }
}
