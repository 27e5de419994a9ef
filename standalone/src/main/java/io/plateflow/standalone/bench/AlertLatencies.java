package io.plateflow.standalone.bench;

import io.plateflow.schemas.avro.AlertEvent;
import io.plateflow.schemas.event.EventCodec;
import io.plateflow.schemas.event.Topics;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Consumes alerts from Kafka and measures the time from the capture of an alert's frame to its
 * first arrival.
 */
final class AlertLatencies implements AutoCloseable {

  private static final EventCodec<AlertEvent> ALERTS = EventCodec.of(AlertEvent.class);
  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Set<String> seen = new HashSet<>();
  private final List<Long> millis = new ArrayList<>();

  AlertLatencies(String bootstrapServers) {
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "enable.auto.commit", "false"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(Topics.ALERTS).stream()
            .map(p -> new TopicPartition(p.topic(), p.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
  }

  /** Consumes for this long; frames captured before {@code from} do not count. */
  void listen(Duration time, Instant from) throws IOException {
    Instant end = Instant.now().plus(time);
    while (Instant.now().isBefore(end)) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        Instant now = Instant.now();
        AlertEvent alert = ALERTS.decode(record.value());
        if (seen.add(alert.getAlertId()) && now.isAfter(from)) {
          millis.add(Duration.between(alert.getCapturedAt(), now).toMillis());
        }
      }
    }
    Collections.sort(millis);
  }

  int count() {
    return millis.size();
  }

  /**
   * @param share 0..1; 0.5 is the median
   */
  long quantile(double share) {
    return millis.get((int) Math.min(millis.size() - 1, Math.floor(share * millis.size())));
  }

  @Override
  public void close() {
    consumer.close();
  }
}
