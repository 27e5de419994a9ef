package io.plateflow.connectors.status;

import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.clients.status.PlateStatusRecord;
import io.plateflow.schemas.event.Topics;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;

/** Reads the access list from the first record that its compacted topic still holds. */
public final class PlateStatusSource {

  private PlateStatusSource() {}

  /** Goes on for ever. */
  public static KafkaSource<PlateStatusRecord> create(KafkaConfig options) {
    return create(options, false);
  }

  /**
   * @param bounded whether it ends at what the topic holds when the job starts
   */
  public static KafkaSource<PlateStatusRecord> create(KafkaConfig options, boolean bounded) {
    KafkaSourceBuilder<PlateStatusRecord> builder =
        KafkaSource.<PlateStatusRecord>builder()
            .setBootstrapServers(options.bootstrapServers())
            .setTopics(Topics.PLATE_STATUS)
            .setClientIdPrefix("plateflow-plate-status")
            // The whole list is read at every fresh start, so no group keeps a place in it.
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setProperty("commit.offsets.on.checkpoint", "false")
            .setProperty("enable.auto.commit", "false")
            .setDeserializer(new PlateStatusDeserializer());
    options.properties().forEach(builder::setProperty);
    if (bounded) {
      builder.setBounded(OffsetsInitializer.latest());
    }
    return builder.build();
  }
}
