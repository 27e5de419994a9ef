package io.plateflow.connectors.kafka;

import io.plateflow.connectors.camera.CameraStatus;
import io.plateflow.schemas.avro.AlertEvent;
import io.plateflow.schemas.avro.CameraStatusEvent;
import io.plateflow.schemas.avro.ParkingVisitEvent;
import io.plateflow.schemas.avro.RejectedEvent;
import io.plateflow.schemas.avro.VehiclePassEvent;
import io.plateflow.schemas.frame.RejectedRecord;
import io.plateflow.schemas.parking.VisitUpdate;
import io.plateflow.schemas.pass.Alert;
import io.plateflow.schemas.pass.VehiclePass;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;

/** The sinks of the topics that Plateflow writes. */
public final class KafkaSinks {

  private KafkaSinks() {}

  /** Alerts leave at once; with {@code EXACTLY_ONCE} they wait for their checkpoint. */
  public static KafkaSink<Alert> alerts(KafkaOptions options, DeliveryGuarantee delivery) {
    return sink(alertSerializer(options), PlateflowTopics.ALERTS, options, delivery);
  }

  public static KafkaSink<VehiclePass> passes(KafkaOptions options, DeliveryGuarantee delivery) {
    return sink(passSerializer(options), PlateflowTopics.PASSES, options, delivery);
  }

  public static KafkaSink<VisitUpdate> parking(KafkaOptions options, DeliveryGuarantee delivery) {
    return sink(parkingSerializer(options), PlateflowTopics.PARKING, options, delivery);
  }

  public static KafkaSink<RejectedRecord> rejected(
      KafkaOptions options, DeliveryGuarantee delivery) {
    return sink(rejectedSerializer(options), PlateflowTopics.REJECTED, options, delivery);
  }

  public static KafkaSink<CameraStatus> cameras(KafkaOptions options, DeliveryGuarantee delivery) {
    return sink(cameraSerializer(options), PlateflowTopics.CAMERAS, options, delivery);
  }

  static EventSerializer<CameraStatus, CameraStatusEvent> cameraSerializer(KafkaOptions options) {
    return new EventSerializer<>(
        PlateflowTopics.CAMERAS,
        options.encoding(),
        CameraStatusEvent.class,
        CameraStatus::cameraId,
        Events::camera);
  }

  static EventSerializer<Alert, AlertEvent> alertSerializer(KafkaOptions options) {
    return new EventSerializer<>(
        PlateflowTopics.ALERTS, options.encoding(), AlertEvent.class, Alert::plate, Events::alert);
  }

  static EventSerializer<VehiclePass, VehiclePassEvent> passSerializer(KafkaOptions options) {
    return new EventSerializer<>(
        PlateflowTopics.PASSES,
        options.encoding(),
        VehiclePassEvent.class,
        VehiclePass::passId,
        Events::pass);
  }

  static EventSerializer<VisitUpdate, ParkingVisitEvent> parkingSerializer(KafkaOptions options) {
    return new EventSerializer<>(
        PlateflowTopics.PARKING,
        options.encoding(),
        ParkingVisitEvent.class,
        VisitUpdate::visitId,
        Events::parking);
  }

  static EventSerializer<RejectedRecord, RejectedEvent> rejectedSerializer(KafkaOptions options) {
    return new EventSerializer<>(
        PlateflowTopics.REJECTED,
        options.encoding(),
        RejectedEvent.class,
        RejectedRecord::source,
        Events::rejected);
  }

  private static <T, E extends SpecificRecordBase> KafkaSink<T> sink(
      EventSerializer<T, E> serializer,
      String topic,
      KafkaOptions options,
      DeliveryGuarantee delivery) {
    Properties properties = options.producerProperties();
    if (delivery == DeliveryGuarantee.EXACTLY_ONCE) {
      // Brokers refuse more than 15 minutes by default; Flink's own default is an hour.
      properties.putIfAbsent("transaction.timeout.ms", "900000");
    }
    return KafkaSink.<T>builder()
        .setBootstrapServers(options.bootstrapServers())
        .setKafkaProducerConfig(properties)
        .setRecordSerializer(serializer)
        .setDeliveryGuarantee(delivery)
        .setTransactionalIdPrefix(topic)
        .build();
  }
}
