package io.plateflow.clients.kafka;

import static io.plateflow.clients.testing.TestPasses.NOON;
import static io.plateflow.clients.testing.TestPasses.alert;
import static io.plateflow.clients.testing.TestPasses.blacklisted;
import static io.plateflow.clients.testing.TestPasses.car;
import static io.plateflow.clients.testing.TestPasses.pass;
import static io.plateflow.clients.testing.TestPasses.plate;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plateflow.schemas.avro.AlertEvent;
import io.plateflow.schemas.avro.AlertState;
import io.plateflow.schemas.avro.FrameBox;
import io.plateflow.schemas.avro.ParkingVisitEvent;
import io.plateflow.schemas.avro.ReaderText;
import io.plateflow.schemas.avro.RejectedEvent;
import io.plateflow.schemas.avro.VehiclePassEvent;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.camera.Place;
import io.plateflow.schemas.event.EventCodec;
import io.plateflow.schemas.event.EventEncoding;
import io.plateflow.schemas.frame.RejectedRecord;
import io.plateflow.schemas.parking.GateEvent;
import io.plateflow.schemas.parking.ParkingVisit;
import io.plateflow.schemas.parking.VisitState;
import io.plateflow.schemas.parking.VisitUpdate;
import io.plateflow.schemas.pass.Alert;
import io.plateflow.schemas.pass.VehiclePass;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class TopicRecordsTest {

  private static final EventEncoding AVRO = EventEncoding.AVRO;
  private static final EventEncoding JSON = EventEncoding.JSON;

  @Test
  void alertAsAvro() throws Exception {
    Alert alert = alert("pass-1", "B1234CD");

    ProducerRecord<byte[], byte[]> record = TopicRecords.alerts(AVRO).record(alert);

    assertThat(record.topic()).isEqualTo("plateflow.alerts");
    assertThat(text(record.key())).isEqualTo("B1234CD");
    assertThat(header(record)).isEqualTo("application/avro");
    AlertEvent event = EventCodec.of(AlertEvent.class).decode(record.value());
    assertThat(event.getAlertId()).isEqualTo("pass-1");
    assertThat(event.getState()).isEqualTo(AlertState.PROVISIONAL);
    assertThat(event.getStatus()).isEqualTo("blacklist");
    assertThat(event.getMatchKind()).isEqualTo("exact");
    assertThat(event.getMatchTolerance()).isEqualTo(0.4);
    assertThat(event.getCapturedAt()).isEqualTo(NOON);
    assertThat(event.getEmittedAt()).isEqualTo(NOON.plusMillis(180));
    assertThat(event.getFramePath()).isNull();
    assertThat(event.getVehicleBox()).isEqualTo(new FrameBox(100.0, 200.0, 700.0, 650.0));
    assertThat(event.getSite()).isEqualTo("default");
    assertThat(event.getDwellMillis()).isEqualTo(2000);
    assertThat(event.getPlateBackgroundColor()).isEqualTo("white");
    assertThat(event.getReaders()).extracting(ReaderText::getText).containsOnly("B1234CD");
  }

  @Test
  void alertAsJsonHasIsoTimesAndNestedParts() throws Exception {
    ProducerRecord<byte[], byte[]> record =
        TopicRecords.alerts(JSON).record(alert("pass-1", "B1234CD"));

    assertThat(header(record)).isEqualTo("application/json");
    JsonNode object = new ObjectMapper().readTree(record.value());
    assertThat(object.path("state").asText()).isEqualTo("PROVISIONAL");
    assertThat(object.path("captured_at").asText()).isEqualTo("2026-11-20T04:30:00Z");
    assertThat(object.path("emitted_at").asText()).isEqualTo("2026-11-20T04:30:00.180Z");
    assertThat(object.path("reads").isInt()).isTrue();
    assertThat(object.path("score").asDouble()).isEqualTo(0.93);
    assertThat(object.get("frame_path").isNull()).isTrue();
    assertThat(object.at("/plate_box/x1").asDouble()).isEqualTo(300.257);
    assertThat(object.at("/readers/1/reader").asText()).isEqualTo("gemini");
    JsonNode scores = object.at("/readers/1/character_scores");
    assertThat(scores.isArray()).isTrue();
    assertThat(scores.toString()).isEqualTo("[0.9,0.9,0.9,0.9,0.9,0.9,0.9]");
    assertThat(object.size()).isEqualTo(AlertEvent.getClassSchema().getFields().size());
  }

  @Test
  void passAsAvro() throws Exception {
    VehiclePass pass =
        pass(
            "pass-1",
            "cam-1",
            "Gate 1",
            GateType.EXIT,
            NOON,
            car(),
            plate("B 1234 CD"),
            blacklisted("B1234CD"));

    ProducerRecord<byte[], byte[]> record = TopicRecords.passes(AVRO).record(pass);

    assertThat(text(record.key())).isEqualTo("pass-1");
    VehiclePassEvent event = EventCodec.of(VehiclePassEvent.class).decode(record.value());
    assertThat(event.getGate()).isEqualTo("exit");
    assertThat(event.getFirstSeen()).isEqualTo(NOON.minusSeconds(1));
    assertThat(event.getDetectionType()).isEqualTo("vehicle_with_plate");
    assertThat(event.getPairingMethod()).isEqualTo("containment");
    assertThat(event.getVehicleClass()).isEqualTo("car");
    assertThat(event.getPlate()).isEqualTo("B1234CD");
    assertThat(event.getPlateNumber()).isEqualTo("B 1234 CD");
    assertThat(event.getReads()).isEqualTo(7);
    assertThat(event.getAgreeingReads()).isEqualTo(5);
    assertThat(event.getRegionName()).isEqualTo("Jakarta");
    assertThat(event.getStatus()).isEqualTo("blacklist");
    assertThat(event.getListedPlate()).isEqualTo("B1234CD");
    assertThat(event.getRevision()).isZero();
    assertThat(event.getSite()).isEqualTo("default");
    assertThat(event.getTimezone()).isEqualTo("Asia/Makassar");
    assertThat(event.getDirection()).isEqualTo("towards");
    assertThat(event.getDwellMillis()).isEqualTo(2000);
    assertThat(event.getFrameWidth()).isEqualTo(1280);
    assertThat(event.getFrameHeight()).isEqualTo(720);
    assertThat(event.getVehicleBox()).isEqualTo(new FrameBox(100.0, 200.0, 700.0, 650.0));
    assertThat(event.getPlateBox()).isEqualTo(new FrameBox(300.257, 500.0, 420.0, 540.5));
    assertThat(event.getFramePath()).isEqualTo("file:/e/frame.jpg");
    assertThat(event.getVehiclePath()).isEqualTo("file:/e/vehicle.jpg");
    assertThat(event.getPlatePath()).isNull();
    assertThat(event.getPlateTextColor()).isEqualTo("black");
    assertThat(event.getPlateBackgroundColor()).isEqualTo("white");
    assertThat(event.getVehicleColor()).isNull();
    assertThat(event.getPlateCountry()).isEqualTo("id");
    assertThat(event.getReaders())
        .containsExactly(
            new ReaderText("local", "B1234CD", 0.5, Collections.nCopies(7, 0.5f)),
            new ReaderText("gemini", "B1234CD", (double) 0.9f, Collections.nCopies(7, 0.9f)));
  }

  @Test
  void passWithoutPlateLeavesItsFieldsEmpty() throws Exception {
    VehiclePass pass = pass("pass-1", "cam-1", "Gate 1", GateType.ENTRY, NOON, car(), null, null);

    VehiclePassEvent event =
        EventCodec.of(VehiclePassEvent.class)
            .decode(TopicRecords.passes(AVRO).record(pass).value());

    assertThat(event.getPlate()).isNull();
    assertThat(event.getPairingMethod()).isNull();
    assertThat(event.getPairingConfidence()).isNull();
    assertThat(event.getStatus()).isEqualTo("unclassified");
    assertThat(event.getDetectionType()).isEqualTo("vehicle_without_plate");
  }

  @Test
  void unreadPlateIsNullNotEmpty() throws Exception {
    VehiclePass pass =
        pass("pass-1", "cam-1", "Gate 1", GateType.ENTRY, NOON, null, plate(""), null);

    JsonNode object = new ObjectMapper().readTree(TopicRecords.passes(JSON).record(pass).value());

    assertThat(object.get("plate").isNull()).isTrue();
    assertThat(object.get("plate_score").asDouble()).isEqualTo(0.88);
  }

  @Test
  void visitAsAvroAndJson() throws Exception {
    VisitUpdate closed =
        VisitUpdate.of(
            new ParkingVisit(
                "v1",
                "north",
                VisitState.CLOSED,
                new GateEvent("in", "B1234CD", NOON, place(1, GateType.ENTRY), false),
                new GateEvent(
                    "out", "B1234CO", NOON.plusSeconds(90), place(2, GateType.EXIT), false),
                NOON.plusSeconds(90),
                "car",
                0.3,
                "join"));

    ProducerRecord<byte[], byte[]> record = TopicRecords.parking(AVRO).record(closed);

    assertThat(record.topic()).isEqualTo("plateflow.parking");
    assertThat(text(record.key())).isEqualTo("v1");
    ParkingVisitEvent event = EventCodec.of(ParkingVisitEvent.class).decode(record.value());
    assertThat(event.getState()).isEqualTo("closed");
    assertThat(event.getSite()).isEqualTo("north");
    assertThat(event.getCorrected()).isEqualTo("join");
    assertThat(event.getPlate()).isEqualTo("B1234CD");
    assertThat(event.getEntryAt()).isEqualTo(NOON);
    assertThat(event.getExitPlate()).isEqualTo("B1234CO");
    assertThat(event.getMatchDistance()).isEqualTo(0.3);
    assertThat(event.getDwellMillis()).isEqualTo(90_000);
    JsonNode object =
        new ObjectMapper().readTree(TopicRecords.parking(JSON).record(closed).value());
    assertThat(object.path("exit_at").asText()).isEqualTo("2026-11-20T04:31:30Z");
    assertThat(object.path("exit_location").asText()).isEqualTo("Gate 2");
  }

  @Test
  void aVisitThatIsNoneAfterAllSaysSo() throws Exception {
    ParkingVisitEvent event =
        EventCodec.of(ParkingVisitEvent.class)
            .decode(
                TopicRecords.parking(AVRO).record(VisitUpdate.removed("v1", "B1234CD")).value());
    assertThat(event.getState()).isEqualTo("removed");
    assertThat(event.getEntryAt()).isNull();
    assertThat(event.getDwellMillis()).isNull();
  }

  @Test
  void rejectedRecord() throws Exception {
    RejectedRecord rejected = new RejectedRecord("cam-1", 17, "frame", "truncated JPEG", NOON);

    ProducerRecord<byte[], byte[]> record = TopicRecords.rejected(AVRO).record(rejected);

    assertThat(text(record.key())).isEqualTo("cam-1");
    RejectedEvent event = EventCodec.of(RejectedEvent.class).decode(record.value());
    assertThat(event.getPosition()).isEqualTo(17);
    assertThat(event.getReason()).isEqualTo("truncated JPEG");
  }

  private static String header(ProducerRecord<byte[], byte[]> record) {
    return text(record.headers().lastHeader("content-type").value());
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static Place place(int number, GateType gate) {
    return new Place("cam-" + number, "Gate " + number, gate, "Asia/Makassar", "north");
  }
}
