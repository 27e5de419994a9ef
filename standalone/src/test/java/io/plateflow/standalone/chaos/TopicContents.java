package io.plateflow.standalone.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.clients.testing.TopicReader;
import io.plateflow.schemas.avro.AccessEvent;
import io.plateflow.schemas.avro.AccessListEvent;
import io.plateflow.schemas.avro.AlertEvent;
import io.plateflow.schemas.avro.CameraStatusEvent;
import io.plateflow.schemas.avro.CorrectionEvent;
import io.plateflow.schemas.avro.ListEntryEvent;
import io.plateflow.schemas.avro.ParkingVisitEvent;
import io.plateflow.schemas.avro.PlateReadEvent;
import io.plateflow.schemas.avro.PlateStatusEvent;
import io.plateflow.schemas.avro.RejectedEvent;
import io.plateflow.schemas.avro.RuleEvent;
import io.plateflow.schemas.avro.SiteEvent;
import io.plateflow.schemas.avro.VehiclePassEvent;
import io.plateflow.schemas.event.EventCodec;
import io.plateflow.schemas.event.Topics;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads every topic. Records of one id may come more than once, but then they must say the same; of
 * the state of a camera, and of how a visit stands, only the last counts.
 */
final class TopicContents {

  /**
   * How a topic is compared.
   *
   * @param key of an event; begins with the camera where there is one
   * @param wallClock fields that say when it was written
   * @param lastCounts whether a later event of the same key takes the place of the earlier
   */
  private record Reading<E extends SpecificRecordBase>(
      String topic,
      Class<E> type,
      Function<E, String> key,
      Set<String> wallClock,
      boolean lastCounts) {}

  private static final List<Reading<?>> READINGS =
      List.of(
          new Reading<>(
              Topics.PASSES, VehiclePassEvent.class, VehiclePassEvent::getPassId, Set.of(), false),
          new Reading<>(
              Topics.ALERTS,
              AlertEvent.class,
              alert -> "%s revision %d".formatted(alert.getAlertId(), alert.getRevision()),
              Set.of("emitted_at"),
              false),
          // Pictures come early or late, and with them how sure the reads are by then.
          new Reading<>(
              Topics.ACCESS,
              AccessEvent.class,
              AccessEvent::getAccessId,
              Set.of(
                  "emitted_at",
                  "captured_at",
                  "score",
                  "reads",
                  "vehicle_class",
                  "direction",
                  "dwell_millis",
                  "frame_path",
                  "vehicle_path",
                  "plate_path",
                  "vehicle_box",
                  "plate_box"),
              true),
          new Reading<>(
              Topics.LISTS,
              AccessListEvent.class,
              list -> list.getListId() + " version " + list.getVersion(),
              Set.of("changed_at"),
              false),
          new Reading<>(
              Topics.LIST_ENTRIES,
              ListEntryEvent.class,
              entry -> entry.getEntryId() + " version " + entry.getVersion(),
              Set.of("changed_at"),
              false),
          new Reading<>(
              Topics.CORRECTIONS,
              CorrectionEvent.class,
              correction -> correction.getCorrectionId() + " at " + correction.getChangedAt(),
              Set.of(),
              false),
          new Reading<>(
              Topics.RULES,
              RuleEvent.class,
              rule -> rule.getRuleId() + " version " + rule.getVersion(),
              Set.of("changed_at"),
              false),
          new Reading<>(
              Topics.SITES,
              SiteEvent.class,
              site -> site.getSiteId() + " version " + site.getVersion(),
              Set.of("changed_at"),
              false),
          new Reading<>(
              Topics.READS,
              PlateReadEvent.class,
              read -> "%s %s".formatted(read.getSource(), read.getRecordId()),
              Set.of(),
              false),
          new Reading<>(
              Topics.PARKING,
              ParkingVisitEvent.class,
              ParkingVisitEvent::getVisitId,
              Set.of(),
              true),
          new Reading<>(
              Topics.CAMERAS,
              CameraStatusEvent.class,
              CameraStatusEvent::getCameraId,
              Set.of("at"),
              true),
          new Reading<>(
              Topics.REJECTED,
              RejectedEvent.class,
              rejected ->
                  "%s %d %s"
                      .formatted(rejected.getSource(), rejected.getPosition(), rejected.getKind()),
              Set.of("rejected_at"),
              false),
          new Reading<>(
              Topics.PLATE_STATUS,
              PlateStatusEvent.class,
              status -> status.getPlate() + " version " + status.getVersion(),
              Set.of("changed_at"),
              false));

  private TopicContents() {}

  /**
   * Adds all topics to the outcome.
   *
   * @param evidence where the pictures of this run are: left out of the paths to them
   * @throws IOException when there is a topic that nothing is known of
   */
  static void read(KafkaConfig place, String evidence, Outcome into)
      throws IOException, InterruptedException {
    requireAllKnown(place);
    for (Reading<?> reading : READINGS) {
      read(reading, place, evidence, into);
    }
  }

  private static <E extends SpecificRecordBase> void read(
      Reading<E> reading, KafkaConfig place, String evidence, Outcome into) throws IOException {
    EventCodec<E> codec = EventCodec.of(reading.type());
    into.parts().computeIfAbsent(reading.topic(), t -> new TreeMap<>());
    int duplicates = 0;
    try (TopicReader reader = new TopicReader(place, reading.topic())) {
      for (ConsumerRecord<byte[], byte[]> record : reader.all()) {
        E event = codec.decode(record.value());
        String key = reading.key().apply(event);
        ObjectNode row = row(event, reading.wallClock(), evidence);
        ObjectNode before = (ObjectNode) into.parts().get(reading.topic()).get(key);
        if (before != null && !reading.lastCounts()) {
          duplicates++;
          if (!before.equals(row)) {
            // Neither may hide the other.
            key =
                "%s, delivered again with other content at offset %d"
                    .formatted(key, record.offset());
          }
        }
        into.put(reading.topic(), key, row);
      }
    }
    into.duplicates().put(reading.topic(), duplicates);
  }

  private static ObjectNode row(SpecificRecordBase event, Set<String> leftOut, String evidence) {
    ObjectNode row = new ObjectMapper().createObjectNode();
    for (Schema.Field field : event.getSchema().getFields()) {
      if (!leftOut.contains(field.name())) {
        Object value = event.get(field.pos());
        row.put(field.name(), value == null ? null : value.toString().replace(evidence, ""));
      }
    }
    return row;
  }

  private static void requireAllKnown(KafkaConfig place) throws IOException, InterruptedException {
    Set<String> unknown;
    try (Admin admin = Admin.create(place.clientProperties())) {
      unknown = new TreeSet<>(admin.listTopics().names().get());
    } catch (ExecutionException e) {
      throw new IOException("Cannot list the topics of " + place.bootstrapServers(), e);
    }
    READINGS.forEach(reading -> unknown.remove(reading.topic()));
    if (!unknown.isEmpty()) {
      throw new IOException("Topics that nothing is known of, to be compared: " + unknown);
    }
  }
}
