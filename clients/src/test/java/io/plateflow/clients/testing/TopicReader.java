package io.plateflow.clients.testing;

import io.plateflow.clients.kafka.KafkaConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A plain consumer of one topic, from its first record, of committed records only. */
public final class TopicReader implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;
  private final List<ConsumerRecord<byte[], byte[]>> unseen = new ArrayList<>();

  public TopicReader(KafkaConfig kafka, String topic) {
    Properties properties = kafka.clientProperties();
    properties.setProperty("isolation.level", "read_committed");
    consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    partitions =
        consumer.partitionsFor(topic).stream()
            .map(p -> new TopicPartition(p.topic(), p.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** The next record that is asked for; those before it are passed over. */
  public ConsumerRecord<byte[], byte[]> await(
      Predicate<ConsumerRecord<byte[], byte[]>> wanted, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    do {
      while (!unseen.isEmpty()) {
        ConsumerRecord<byte[], byte[]> record = unseen.remove(0);
        if (wanted.test(record)) {
          return record;
        }
      }
      consumer.poll(POLL).forEach(unseen::add);
    } while (System.nanoTime() < deadline || !unseen.isEmpty());
    throw new AssertionError("No such record within " + patience);
  }

  /** Everything that the topic holds now. */
  public List<ConsumerRecord<byte[], byte[]>> all() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>(unseen);
    unseen.clear();
    while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
      consumer.poll(POLL).forEach(records::add);
    }
    return records;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
