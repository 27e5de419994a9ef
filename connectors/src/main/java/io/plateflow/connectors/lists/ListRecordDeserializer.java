package io.plateflow.connectors.lists;

import io.plateflow.clients.lists.ListParser;
import io.plateflow.clients.lists.ListRecord;
import io.plateflow.clients.lists.ListRejection;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Deserializes records of the topics of lists: a change, a rejection, or both. */
final class ListRecordDeserializer implements KafkaRecordDeserializationSchema<ListRecord> {

  private static final long serialVersionUID = 1L;

  private final int settledReads;

  /**
   * @param settledReads see {@link ListParser#unreachable}
   */
  ListRecordDeserializer(int settledReads) {
    this.settledReads = settledReads;
  }

  @Override
  public TypeInformation<ListRecord> getProducedType() {
    return ListRecordSerializer.TYPE;
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<ListRecord> out) {
    ListRecord read = ListParser.read(record);
    out.collect(read);
    ListRejection notice = ListParser.unreachable(record, read, settledReads);
    if (notice != null) {
      out.collect(notice);
    }
  }
}
