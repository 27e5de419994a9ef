package io.plateflow.connectors.kafka;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Turns a domain record into a Kafka record of one topic. */
final class EventSerializer<T, E extends SpecificRecordBase>
    implements KafkaRecordSerializationSchema<T> {

  private static final long serialVersionUID = 1L;

  /** A function that travels to the tasks. */
  @FunctionalInterface
  interface Mapping<A, B> extends Function<A, B>, Serializable {}

  private final String topic;
  private final EventEncoding encoding;
  private final Class<E> eventType;
  private final Mapping<T, String> key;
  private final Mapping<T, E> event;
  private transient EventEncoder<E> encoder;

  EventSerializer(
      String topic,
      EventEncoding encoding,
      Class<E> eventType,
      Mapping<T, String> key,
      Mapping<T, E> event) {
    this.topic = topic;
    this.encoding = encoding;
    this.eventType = eventType;
    this.key = key;
    this.event = event;
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      T element, KafkaSinkContext context, Long timestamp) {
    return record(element);
  }

  ProducerRecord<byte[], byte[]> record(T element) {
    if (encoder == null) {
      encoder = new EventEncoder<>(encoding, eventType);
    }
    // No partition and no timestamp of our own: the key decides the one, the clock the other. Event
    // time would let retention delete the records of an old clip as soon as they are written.
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topic,
            key.apply(element).getBytes(StandardCharsets.UTF_8),
            encoder.encode(event.apply(element)));
    record.headers().add("content-type", encoding.contentType().getBytes(StandardCharsets.UTF_8));
    return record;
  }
}
