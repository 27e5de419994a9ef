package io.plateflow.connectors.corrections;

import io.plateflow.clients.corrections.CorrectionParser;
import io.plateflow.clients.corrections.CorrectionRecord;
import java.time.Instant;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Deserializes records of the topic of corrections: a correction or a rejection. */
final class CorrectionRecordDeserializer
    implements KafkaRecordDeserializationSchema<CorrectionRecord> {

  private static final long serialVersionUID = 1L;

  @Override
  public TypeInformation<CorrectionRecord> getProducedType() {
    return CorrectionRecordSerializer.TYPE;
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<CorrectionRecord> out) {
    out.collect(CorrectionParser.read(record, Instant.now()));
  }
}
