package io.plateflow.standalone.bench;

import io.plateflow.schemas.event.EventCodec;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Consumes a topic and measures the time from the capture of an event's frame to the first arrival
 * of the event.
 *
 * @param <E> the kind of event
 */
final class EventLatencies<E extends SpecificRecordBase> implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(20);

  private final EventCodec<E> codec;
  private final Function<E, String> id;
  private final Function<E, Instant> capturedAt;
  private final Predicate<E> counted;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Set<String> seen = new HashSet<>();
  private final List<Long> millis = new ArrayList<>();

  /**
   * @param id events of the same id count once
   * @param counted which events count at all
   */
  EventLatencies(
      String bootstrapServers,
      String topic,
      Class<E> type,
      Function<E, String> id,
      Function<E, Instant> capturedAt,
      Predicate<E> counted) {
    this.codec = EventCodec.of(type);
    this.id = id;
    this.capturedAt = capturedAt;
    this.counted = counted;
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "enable.auto.commit", "false"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(p -> new TopicPartition(p.topic(), p.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
  }

  /** Takes what has come; events that arrive before {@code from} do not count. */
  void poll(Instant from) throws IOException {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      Instant now = Instant.now();
      E event = codec.decode(record.value());
      if (counted.test(event) && seen.add(id.apply(event)) && now.isAfter(from)) {
        millis.add(Duration.between(capturedAt.apply(event), now).toMillis());
      }
    }
  }

  int count() {
    return millis.size();
  }

  /**
   * @param share 0..1; 0.5 is the median
   */
  long quantile(double share) {
    Collections.sort(millis);
    return millis.get((int) Math.min(millis.size() - 1, Math.floor(share * millis.size())));
  }

  @Override
  public void close() {
    consumer.close();
  }
}
