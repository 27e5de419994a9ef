package io.plateflow.connectors.status;

import io.plateflow.clients.status.PlateStatusParser;
import io.plateflow.clients.status.PlateStatusRecord;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads an entry of the access list, or why it is none. */
final class PlateStatusDeserializer implements KafkaRecordDeserializationSchema<PlateStatusRecord> {

  private static final long serialVersionUID = 1L;

  @Override
  public TypeInformation<PlateStatusRecord> getProducedType() {
    return PlateStatusRecordSerializer.TYPE;
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<PlateStatusRecord> out) {
    out.collect(PlateStatusParser.read(record));
  }
}
