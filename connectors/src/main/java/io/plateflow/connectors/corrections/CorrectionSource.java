package io.plateflow.connectors.corrections;

import io.plateflow.clients.corrections.CorrectionRecord;
import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.connectors.kafka.CompactedTopicSource;
import io.plateflow.schemas.event.Topics;
import java.util.List;

/** Reads the topic of corrections from the first record that it still holds. */
public final class CorrectionSource {

  private CorrectionSource() {}

  /**
   * Not compacted, but read alike: a correction that is read again changes nothing.
   *
   * @param bounded whether it ends at what the topic holds when the job starts
   */
  public static CompactedTopicSource<CorrectionRecord> create(KafkaConfig kafka, boolean bounded) {
    return CompactedTopicSource.create(
        kafka, List.of(Topics.CORRECTIONS), new CorrectionRecordDeserializer(), bounded);
  }
}
