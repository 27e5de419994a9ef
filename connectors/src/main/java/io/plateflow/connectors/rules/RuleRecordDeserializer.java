package io.plateflow.connectors.rules;

import io.plateflow.clients.rules.RuleParser;
import io.plateflow.clients.rules.RuleRecord;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Deserializes records of the topics of rules and sites: a change or a rejection. */
final class RuleRecordDeserializer implements KafkaRecordDeserializationSchema<RuleRecord> {

  private static final long serialVersionUID = 1L;

  @Override
  public TypeInformation<RuleRecord> getProducedType() {
    return RuleRecordSerializer.TYPE;
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RuleRecord> out) {
    out.collect(RuleParser.read(record));
  }
}
