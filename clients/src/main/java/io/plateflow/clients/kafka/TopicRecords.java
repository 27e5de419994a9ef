package io.plateflow.clients.kafka;

import io.plateflow.schemas.access.AccessDecision;
import io.plateflow.schemas.avro.AccessEvent;
import io.plateflow.schemas.avro.AlertEvent;
import io.plateflow.schemas.avro.CameraStatusEvent;
import io.plateflow.schemas.avro.ParkingVisitEvent;
import io.plateflow.schemas.avro.RejectedEvent;
import io.plateflow.schemas.avro.VehiclePassEvent;
import io.plateflow.schemas.camera.CameraStatus;
import io.plateflow.schemas.event.AccessEvents;
import io.plateflow.schemas.event.EventEncoder;
import io.plateflow.schemas.event.EventEncoding;
import io.plateflow.schemas.event.EventMapper;
import io.plateflow.schemas.event.RuleEvents;
import io.plateflow.schemas.event.Topics;
import io.plateflow.schemas.frame.RejectedRecord;
import io.plateflow.schemas.parking.VisitUpdate;
import io.plateflow.schemas.pass.Alert;
import io.plateflow.schemas.pass.VehiclePass;
import io.plateflow.schemas.rules.RuleAlert;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Turns domain records into the Kafka records of one topic: its key, its encoding, its headers.
 *
 * @param <T> the domain record
 */
public final class TopicRecords<T> implements Serializable {

  private static final long serialVersionUID = 1L;

  /** A function that is serialized to the tasks. */
  @FunctionalInterface
  private interface Mapping<A, B> extends Function<A, B>, Serializable {}

  /** Makes the encoder in the task: Avro schemas are not serializable. */
  @FunctionalInterface
  private interface Encoding<A> extends Serializable {
    Function<A, byte[]> open();
  }

  private final String topic;
  private final EventEncoding encoding;
  private final Mapping<T, String> key;
  private final Encoding<T> value;
  private transient @Nullable Function<T, byte[]> encoder;

  private <E extends SpecificRecordBase> TopicRecords(
      String topic,
      EventEncoding encoding,
      Class<E> eventType,
      Mapping<T, String> key,
      Mapping<T, E> event) {
    this.topic = topic;
    this.encoding = encoding;
    this.key = key;
    this.value =
        () -> {
          EventEncoder<E> opened = new EventEncoder<>(encoding, eventType);
          return element -> opened.encode(event.apply(element));
        };
  }

  /** Records of {@link Topics#ALERTS}. */
  public static TopicRecords<Alert> alerts(EventEncoding encoding) {
    return new TopicRecords<>(
        Topics.ALERTS, encoding, AlertEvent.class, Alert::plate, EventMapper::alert);
  }

  /** Records of {@link Topics#ALERTS} that rules raise; without a plate the id is the key. */
  public static TopicRecords<RuleAlert> ruleAlerts(EventEncoding encoding) {
    return new TopicRecords<>(
        Topics.ALERTS,
        encoding,
        AlertEvent.class,
        alert -> alert.plate().isEmpty() ? alert.alertId() : alert.plate(),
        RuleEvents::alert);
  }

  /** Records of {@link Topics#ACCESS}. */
  public static TopicRecords<AccessDecision> access(EventEncoding encoding) {
    return new TopicRecords<>(
        Topics.ACCESS, encoding, AccessEvent.class, AccessDecision::accessId, AccessEvents::access);
  }

  /** Records of {@link Topics#PASSES}. */
  public static TopicRecords<VehiclePass> passes(EventEncoding encoding) {
    return new TopicRecords<>(
        Topics.PASSES, encoding, VehiclePassEvent.class, VehiclePass::passId, EventMapper::pass);
  }

  /** Records of {@link Topics#PARKING}. */
  public static TopicRecords<VisitUpdate> parking(EventEncoding encoding) {
    return new TopicRecords<>(
        Topics.PARKING,
        encoding,
        ParkingVisitEvent.class,
        VisitUpdate::visitId,
        EventMapper::parking);
  }

  /** Records of {@link Topics#REJECTED}. */
  public static TopicRecords<RejectedRecord> rejected(EventEncoding encoding) {
    return new TopicRecords<>(
        Topics.REJECTED,
        encoding,
        RejectedEvent.class,
        RejectedRecord::source,
        EventMapper::rejected);
  }

  /** Records of {@link Topics#CAMERAS}. */
  public static TopicRecords<CameraStatus> cameras(EventEncoding encoding) {
    return new TopicRecords<>(
        Topics.CAMERAS,
        encoding,
        CameraStatusEvent.class,
        CameraStatus::cameraId,
        EventMapper::camera);
  }

  /** The name of the topic. */
  public String topic() {
    return topic;
  }

  /** The record as it is sent. */
  public ProducerRecord<byte[], byte[]> record(T element) {
    Function<T, byte[]> opened = encoder;
    if (opened == null) {
      opened = value.open();
      encoder = opened;
    }
    // No partition and no timestamp of our own: the key decides the one, the clock the other. Event
    // time would let retention delete the records of an old clip as soon as they are written.
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topic, key.apply(element).getBytes(StandardCharsets.UTF_8), opened.apply(element));
    record.headers().add("content-type", encoding.contentType().getBytes(StandardCharsets.UTF_8));
    return record;
  }
}
