package io.plateflow.clients.status;

import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.schemas.event.Topics;
import io.plateflow.schemas.status.PlateStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the current access list from its topic. */
public final class PlateStatusTopic {

  private static final Duration POLL = Duration.ofMillis(200);

  private PlateStatusTopic() {}

  /**
   * Reads the topic from its first record to what was its last when the call began. Malformed
   * records are left out: the stream of the topic reports them.
   */
  public static List<PlateStatus> read(KafkaConfig kafka) {
    List<PlateStatus> entries = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            kafka.clientProperties(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.PLATE_STATUS).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          if (PlateStatusParser.read(record) instanceof PlateStatusEntry entry) {
            entries.add(entry.status());
          }
        }
      }
    }
    return entries;
  }
}
