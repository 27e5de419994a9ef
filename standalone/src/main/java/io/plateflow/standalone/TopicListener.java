package io.plateflow.standalone;

import io.plateflow.schemas.avro.AccessEvent;
import io.plateflow.schemas.avro.AlertEvent;
import io.plateflow.schemas.avro.CameraStatusEvent;
import io.plateflow.schemas.avro.RejectedEvent;
import io.plateflow.schemas.avro.VehiclePassEvent;
import io.plateflow.schemas.event.EventCodec;
import io.plateflow.schemas.event.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Consumes the job's topics and prints their events on the console. */
final class TopicListener implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TopicListener.class);
  private static final Duration POLL = Duration.ofMillis(100);

  private static final EventCodec<VehiclePassEvent> PASSES = EventCodec.of(VehiclePassEvent.class);
  private static final EventCodec<AlertEvent> ALERTS = EventCodec.of(AlertEvent.class);
  private static final EventCodec<AccessEvent> ACCESS = EventCodec.of(AccessEvent.class);
  private static final EventCodec<CameraStatusEvent> CAMERAS =
      EventCodec.of(CameraStatusEvent.class);
  private static final EventCodec<RejectedEvent> REJECTED = EventCodec.of(RejectedEvent.class);

  private final KafkaConsumer<String, byte[]> consumer;
  private final Console console;
  private final Thread thread;
  private volatile boolean stopping;

  /** Starts at the end of the topics. */
  TopicListener(String bootstrapServers, Console console) {
    this.console = console;
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "enable.auto.commit", "false"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        List.of(Topics.PASSES, Topics.ALERTS, Topics.ACCESS, Topics.CAMERAS, Topics.REJECTED)
            .stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(p -> new TopicPartition(p.topic(), p.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    // Seeking is lazy: ask, so that what comes from now on is shown.
    partitions.forEach(consumer::position);
    thread = new Thread(this::listen, "console");
    thread.setDaemon(true);
    thread.start();
  }

  private void listen() {
    try (consumer) {
      boolean drained = false;
      while (!drained) {
        // Once told to stop, go on until a poll finds nothing more.
        boolean last = stopping;
        var records = consumer.poll(POLL);
        records.forEach(this::show);
        drained = last && caughtUp();
      }
    }
  }

  private boolean caughtUp() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  private void show(ConsumerRecord<String, byte[]> record) {
    byte[] value = record.value();
    try {
      switch (record.topic()) {
        case Topics.PASSES -> console.pass(PASSES.decode(value));
        case Topics.ALERTS -> console.alert(ALERTS.decode(value));
        case Topics.ACCESS -> console.access(ACCESS.decode(value));
        case Topics.CAMERAS -> console.camera(CAMERAS.decode(value));
        case Topics.REJECTED -> console.rejected(REJECTED.decode(value));
        default -> throw new IllegalStateException("Topic not asked for: " + record.topic());
      }
    } catch (IOException e) {
      LOG.warn(
          "Cannot show a record: topic={} partition={} offset={}: {}",
          record.topic(),
          record.partition(),
          record.offset(),
          e.getMessage());
    }
  }

  /** Prints the remaining events, then ends. */
  @Override
  public void close() throws InterruptedException {
    stopping = true;
    thread.join(Duration.ofSeconds(10).toMillis());
  }
}
