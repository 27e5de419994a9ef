package io.plateflow.connectors.reads;

import io.plateflow.clients.reads.ReadParser;
import io.plateflow.clients.reads.ReadRecord;
import java.time.Instant;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Deserializes records of the topic of reads: a read or a rejection. */
final class ReadRecordDeserializer implements KafkaRecordDeserializationSchema<ReadRecord> {

  private static final long serialVersionUID = 1L;

  @Override
  public TypeInformation<ReadRecord> getProducedType() {
    return ReadRecordSerializer.TYPE;
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<ReadRecord> out) {
    out.collect(ReadParser.read(record, Instant.now()));
  }
}
