package io.plateflow.clients.lists;

import io.plateflow.clients.ClientException;
import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.schemas.avro.PlateListType;
import io.plateflow.schemas.avro.PlateStatusEvent;
import io.plateflow.schemas.event.EventCodec;
import io.plateflow.schemas.event.Topics;
import io.plateflow.schemas.plate.PlateText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Publishes changes of the access list; each call returns when the broker has the change. */
public final class PlateStatusProducer implements AutoCloseable {

  private static final EventCodec<PlateStatusEvent> CODEC = EventCodec.of(PlateStatusEvent.class);

  private final Producer<byte[], byte[]> producer;

  public PlateStatusProducer(KafkaConfig kafka) {
    this(
        new KafkaProducer<>(
            kafka.producerProperties(), new ByteArraySerializer(), new ByteArraySerializer()));
  }

  PlateStatusProducer(Producer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  /**
   * Puts a plate on a list, or moves it there.
   *
   * @param version higher than every earlier one of this plate, e.g. epoch milliseconds
   * @param note or null
   */
  public void put(
      String plate,
      io.plateflow.schemas.status.PlateListType type,
      long version,
      @Nullable String note) {
    send(
        plate,
        switch (type) {
          case WHITELIST -> PlateListType.WHITELIST;
          case BLACKLIST -> PlateListType.BLACKLIST;
        },
        version,
        note);
  }

  /**
   * Takes a plate off the lists. It is written as an entry, not as a tombstone, so that its version
   * outlives compaction.
   */
  public void remove(String plate, long version) {
    send(plate, PlateListType.REMOVED, version, null);
  }

  private void send(String plate, PlateListType type, long version, @Nullable String note) {
    String key = PlateText.normalise(plate);
    if (key.isEmpty()) {
      throw new IllegalArgumentException(
          "Plate of a status: found '%s', expected letters and digits".formatted(plate));
    }
    PlateStatusEvent event =
        PlateStatusEvent.newBuilder()
            .setPlate(plate)
            .setType(type)
            .setVersion(version)
            .setChangedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
            .setNote(note)
            .build();
    try {
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(
              Topics.PLATE_STATUS, key.getBytes(StandardCharsets.UTF_8), CODEC.encode(event));
      producer.send(record).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClientException("Interrupted while changing the status of " + key, e);
    } catch (ExecutionException e) {
      throw new ClientException(
          "Cannot change the status of a plate: topic=%s plate=%s"
              .formatted(Topics.PLATE_STATUS, key),
          e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
