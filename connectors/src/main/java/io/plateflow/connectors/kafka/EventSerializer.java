package io.plateflow.connectors.kafka;

import io.plateflow.clients.kafka.TopicRecords;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Serializes the records of one topic for Flink's Kafka sink. */
record EventSerializer<T>(TopicRecords<T> records) implements KafkaRecordSerializationSchema<T> {

  private static final long serialVersionUID = 1L;

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      T element, KafkaSinkContext context, @Nullable Long timestamp) {
    return records.record(element);
  }
}
