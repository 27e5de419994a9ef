package io.plateflow.connectors.kafka;

import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.clients.kafka.TopicRecords;
import io.plateflow.schemas.access.AccessDecision;
import io.plateflow.schemas.camera.CameraStatus;
import io.plateflow.schemas.frame.RejectedRecord;
import io.plateflow.schemas.parking.VisitUpdate;
import io.plateflow.schemas.pass.Alert;
import io.plateflow.schemas.pass.VehiclePass;
import io.plateflow.schemas.rules.RuleAlert;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;

/** The sinks of the topics that Plateflow writes. */
public final class KafkaSinks {

  private KafkaSinks() {}

  /** Alerts leave at once; with {@code EXACTLY_ONCE} they wait for their checkpoint. */
  public static KafkaSink<Alert> alerts(KafkaConfig config, DeliveryGuarantee delivery) {
    return sink(TopicRecords.alerts(config.encoding()), config, delivery);
  }

  /** The same topic for a second operator, whose transactions must not be taken for the first's. */
  public static KafkaSink<RuleAlert> ruleAlerts(KafkaConfig config, DeliveryGuarantee delivery) {
    TopicRecords<RuleAlert> records = TopicRecords.ruleAlerts(config.encoding());
    return sink(records, config, delivery, records.topic() + ".rules");
  }

  /** What gates may do: a gate does not wait for a checkpoint, so at least once is meant for it. */
  public static KafkaSink<AccessDecision> access(KafkaConfig config, DeliveryGuarantee delivery) {
    return sink(TopicRecords.access(config.encoding()), config, delivery);
  }

  public static KafkaSink<VehiclePass> passes(KafkaConfig config, DeliveryGuarantee delivery) {
    return sink(TopicRecords.passes(config.encoding()), config, delivery);
  }

  public static KafkaSink<VisitUpdate> parking(KafkaConfig config, DeliveryGuarantee delivery) {
    return sink(TopicRecords.parking(config.encoding()), config, delivery);
  }

  public static KafkaSink<RejectedRecord> rejected(KafkaConfig config, DeliveryGuarantee delivery) {
    return sink(TopicRecords.rejected(config.encoding()), config, delivery);
  }

  /** The same topic for a second operator, whose transactions must not be taken for the first's. */
  public static KafkaSink<RejectedRecord> rejectedRows(
      KafkaConfig config, DeliveryGuarantee delivery) {
    TopicRecords<RejectedRecord> records = TopicRecords.rejected(config.encoding());
    return sink(records, config, delivery, records.topic() + ".rows");
  }

  public static KafkaSink<CameraStatus> cameras(KafkaConfig config, DeliveryGuarantee delivery) {
    return sink(TopicRecords.cameras(config.encoding()), config, delivery);
  }

  private static <T> KafkaSink<T> sink(
      TopicRecords<T> records, KafkaConfig config, DeliveryGuarantee delivery) {
    return sink(records, config, delivery, records.topic());
  }

  private static <T> KafkaSink<T> sink(
      TopicRecords<T> records,
      KafkaConfig config,
      DeliveryGuarantee delivery,
      String transactionalIdPrefix) {
    Properties properties = config.producerProperties();
    if (delivery == DeliveryGuarantee.EXACTLY_ONCE) {
      // Brokers refuse more than 15 minutes by default; Flink's own default is an hour.
      properties.putIfAbsent("transaction.timeout.ms", "900000");
    }
    return KafkaSink.<T>builder()
        .setBootstrapServers(config.bootstrapServers())
        .setKafkaProducerConfig(properties)
        .setRecordSerializer(new EventSerializer<>(records))
        .setDeliveryGuarantee(delivery)
        .setTransactionalIdPrefix(transactionalIdPrefix)
        .build();
  }
}
