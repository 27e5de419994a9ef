package io.plateflow.clients.lists;

import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.schemas.event.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the current lists from their topics. */
public final class ListTopics {

  /** The topics of lists and entries. */
  public static final List<String> ALL =
      List.of(Topics.PLATE_STATUS, Topics.LISTS, Topics.LIST_ENTRIES);

  private static final Duration POLL = Duration.ofMillis(200);

  private ListTopics() {}

  /**
   * Reads the topics from their first records to what were their last when the call began.
   * Malformed records are left out: the stream of the topics reports them.
   */
  public static List<ListRecord> read(KafkaConfig kafka) {
    List<ListRecord> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            kafka.clientProperties(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          ALL.stream()
              .flatMap(topic -> consumer.partitionsFor(topic).stream())
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          ListRecord read = ListParser.read(record);
          if (!(read instanceof ListRejection)) {
            records.add(read);
          }
        }
      }
    }
    return records;
  }
}
