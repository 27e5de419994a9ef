package io.plateflow.connectors.lists;

import io.plateflow.clients.lists.ListParser;
import io.plateflow.clients.lists.ListRecord;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Deserializes records of the topics of lists: a change or a rejection. */
final class ListRecordDeserializer implements KafkaRecordDeserializationSchema<ListRecord> {

  private static final long serialVersionUID = 1L;

  @Override
  public TypeInformation<ListRecord> getProducedType() {
    return ListRecordSerializer.TYPE;
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<ListRecord> out) {
    out.collect(ListParser.read(record));
  }
}
