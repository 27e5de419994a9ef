package io.plateflow.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.schemas.avro.AlertEvent;
import io.plateflow.schemas.avro.VehiclePassEvent;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.camera.Place;
import io.plateflow.schemas.detection.Pairing;
import io.plateflow.schemas.detection.PairingMethod;
import io.plateflow.schemas.frame.FrameSize;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.lists.AccessList;
import io.plateflow.schemas.lists.ListMatch;
import io.plateflow.schemas.pass.Alert;
import io.plateflow.schemas.pass.AsRead;
import io.plateflow.schemas.pass.Evidence;
import io.plateflow.schemas.pass.PassFrame;
import io.plateflow.schemas.pass.PassPlate;
import io.plateflow.schemas.pass.PassVehicle;
import io.plateflow.schemas.pass.Period;
import io.plateflow.schemas.pass.VehiclePass;
import io.plateflow.schemas.plate.PlateAttributes;
import io.plateflow.schemas.plate.RungRead;
import io.plateflow.schemas.status.PlateListType;
import io.plateflow.schemas.status.StatusMatch;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class EventMapperTest {

  private static final Instant NOON = Instant.parse("2026-11-20T04:30:00Z");
  private static final PassVehicle CAR =
      new PassVehicle("car", 0.97, new BoundingBox(100, 200, 700, 650));
  private static final PassPlate PLATE =
      new PassPlate(
          "B1234CD",
          new BoundingBox(300, 500, 420, 540),
          0.88,
          0.93,
          7,
          5,
          "local",
          new PlateAttributes(
              "B 1234 CD",
              "11.28",
              "black",
              "white",
              null,
              null,
              false,
              "private",
              "B",
              "Jakarta/Metro Jaya",
              "id"),
          List.of(new RungRead("local", "B1234CD", 0.93, List.of(0.5f))),
          null,
          List.of());
  private static final StatusMatch MATCH =
      new StatusMatch("B1234CO", PlateListType.BLACKLIST, 0.5, 1);

  private static final List<ListMatch> MATCHES =
      List.of(
          ListMatch.of(AccessList.BLACKLIST, "B1234CO", "B1234CO", ListMatch.Kind.FUZZY, 0.5, 1));
  private static final String MATCHES_JSON =
      """
      "matches":[{"list_id":"blacklist","list_name":"Blacklist","meaning":"deny",\
      "color":"#d92d20","entry_id":"B1234CO","pattern":"B1234CO","match_kind":"fuzzy",\
      "match_distance":0.5,"match_tolerance":1.0,"holder":null,"note":null}]""";

  @Test
  void passWithVehicleAndPlate() {
    assertThat(json(pass(CAR, PLATE, MATCHES)))
        .isEqualTo(
            """
            {"pass_id":"pass-1","camera_id":"cam-1","location":"Gate 1","gate":"entry",\
            "first_seen":"2026-11-20T04:29:59Z","last_seen":"2026-11-20T04:30:01Z",\
            "captured_at":"2026-11-20T04:30:00Z","frames":40,\
            "detection_type":"vehicle_with_plate","pairing_method":"containment",\
            "pairing_confidence":0.9,"pairing_ambiguous":false,"vehicle_class":"car",\
            "vehicle_score":0.97,"plate":"B1234CD","plate_number":"B 1234 CD",\
            "plate_score":0.88,"read_score":0.93,"reads":7,"agreeing_reads":5,\
            "plate_date":"11.28","plate_type":"private","region_code":"B",\
            "region_name":"Jakarta/Metro Jaya","status":"blacklist","listed_plate":"B1234CO",\
            "match_distance":0.5,"revision":3,"site":"north","timezone":"Asia/Makassar",\
            "direction":"towards","dwell_millis":2000,"frame_width":1280,"frame_height":720,\
            "vehicle_box":{"x1":100.0,"y1":200.0,"x2":700.0,"y2":650.0},"plate_box":{"x1":300.0,\
            "y1":500.0,"x2":420.0,"y2":540.0},"frame_path":"file:/e/frame.jpg",\
            "vehicle_path":null,"plate_path":"file:/e/plate.jpg","plate_text_color":"black",\
            "plate_background_color":"white","vehicle_color":null,"plate_country":"id",\
            "readers":[{"reader":"local","text":"B1234CD","score":0.93,\
            "character_scores":[0.5]}],"""
                + MATCHES_JSON
                + ",\"read_plate\":null,\"corrected_at\":null,\"corrected_by\":null}");
  }

  @Test
  void correctedPassSaysWhatWasRead() {
    VehiclePass read = pass(CAR, PLATE, List.of());
    PassPlate plate = Objects.requireNonNull(read.plate());
    Instant at = Instant.parse("2026-11-21T00:00:00Z");
    VehiclePassEvent event =
        EventMapper.pass(
            read.withPlate(plate.withText("B1284CD"))
                .withAsRead(
                    new AsRead(3, read.place(), read.pairing(), CAR, plate, false, at, "ana")));
    assertThat(event.getPlate()).isEqualTo("B1284CD");
    assertThat(event.getReadPlate()).isEqualTo("B1234CD");
    assertThat(event.getCorrectedAt()).isEqualTo(at);
    assertThat(event.getCorrectedBy()).isEqualTo("ana");
  }

  @Test
  void passWithoutPlate() {
    assertThat(json(pass(CAR, null, List.of())))
        .isEqualTo(
            """
            {"pass_id":"pass-1","camera_id":"cam-1","location":"Gate 1","gate":"entry",\
            "first_seen":"2026-11-20T04:29:59Z","last_seen":"2026-11-20T04:30:01Z",\
            "captured_at":"2026-11-20T04:30:00Z","frames":40,\
            "detection_type":"vehicle_without_plate","pairing_method":null,\
            "pairing_confidence":null,"pairing_ambiguous":false,"vehicle_class":"car",\
            "vehicle_score":0.97,"plate":null,"plate_number":null,"plate_score":null,\
            "read_score":null,"reads":0,"agreeing_reads":0,"plate_date":null,"plate_type":null,\
            "region_code":null,"region_name":null,"status":"unclassified","listed_plate":null,\
            "match_distance":null,"revision":3,"site":"north","timezone":"Asia/Makassar",\
            "direction":"towards","dwell_millis":2000,"frame_width":1280,"frame_height":720,\
            "vehicle_box":{"x1":100.0,"y1":200.0,"x2":700.0,"y2":650.0},"plate_box":null,\
            "frame_path":"file:/e/frame.jpg","vehicle_path":null,"plate_path":null,\
            "plate_text_color":null,"plate_background_color":null,"vehicle_color":null,\
            "plate_country":null,"readers":[],"matches":[],\
            "read_plate":null,"corrected_at":null,"corrected_by":null}""");
  }

  @Test
  void alertOfAPlateWithoutVehicle() {
    assertThat(
            json(
                new Alert(
                    1, Alert.State.CORRECTED, MATCH, NOON, pass(null, PLATE, List.of()), MATCHES)))
        .isEqualTo(
            """
            {"alert_id":"pass-1","revision":1,"state":"CORRECTED","plate":"B1234CD",\
            "listed_plate":"B1234CO","status":"blacklist","match_kind":"fuzzy",\
            "match_distance":0.5,"match_tolerance":1.0,"score":0.93,"reads":5,\
            "camera_id":"cam-1","location":"Gate 1","gate":"entry",\
            "captured_at":"2026-11-20T04:30:00Z","emitted_at":"2026-11-20T04:30:00Z",\
            "vehicle_class":null,"pass_id":"pass-1","frame_path":"file:/e/frame.jpg",\
            "vehicle_path":null,"plate_path":"file:/e/plate.jpg","site":"north",\
            "timezone":"Asia/Makassar","direction":"towards","dwell_millis":2000,\
            "frame_width":1280,"frame_height":720,"vehicle_box":null,"plate_box":{"x1":300.0,\
            "y1":500.0,"x2":420.0,"y2":540.0},"plate_text_color":"black",\
            "plate_background_color":"white","vehicle_color":null,"plate_country":"id",\
            "plate_number":"B 1234 CD","plate_type":"private","region_code":"B",\
            "region_name":"Jakarta/Metro Jaya","readers":[{"reader":"local","text":"B1234CD",\
            "score":0.93,"character_scores":[0.5]}],"""
                + MATCHES_JSON
                + ",\"rule_id\":null,\"rule_name\":null,\"detail\":null}");
  }

  @Test
  void withdrawnAlertOfAPassWithoutPlate() {
    assertThat(
            json(
                new Alert(
                    2, Alert.State.WITHDRAWN, MATCH, NOON, pass(CAR, null, List.of()), MATCHES)))
        .isEqualTo(
            """
            {"alert_id":"pass-1","revision":2,"state":"WITHDRAWN","plate":"",\
            "listed_plate":"B1234CO","status":"blacklist","match_kind":"fuzzy",\
            "match_distance":0.5,"match_tolerance":1.0,"score":0.0,"reads":0,\
            "camera_id":"cam-1","location":"Gate 1","gate":"entry",\
            "captured_at":"2026-11-20T04:30:00Z","emitted_at":"2026-11-20T04:30:00Z",\
            "vehicle_class":"car","pass_id":"pass-1","frame_path":"file:/e/frame.jpg",\
            "vehicle_path":null,"plate_path":null,"site":"north","timezone":"Asia/Makassar",\
            "direction":"towards","dwell_millis":2000,"frame_width":1280,"frame_height":720,\
            "vehicle_box":{"x1":100.0,"y1":200.0,"x2":700.0,"y2":650.0},"plate_box":null,\
            "plate_text_color":null,"plate_background_color":null,"vehicle_color":null,\
            "plate_country":null,"plate_number":null,"plate_type":null,"region_code":null,\
            "region_name":null,"readers":[],"""
                + MATCHES_JSON
                + ",\"rule_id\":null,\"rule_name\":null,\"detail\":null}");
  }

  private static VehiclePass pass(PassVehicle vehicle, PassPlate plate, List<ListMatch> matches) {
    boolean paired = vehicle != null && plate != null;
    return new VehiclePass(
            "pass-1",
            3,
            new Place("cam-1", "Gate 1", GateType.ENTRY, "Asia/Makassar", "north"),
            new Period(NOON.minusSeconds(1), NOON.plusSeconds(1), 40),
            new PassFrame(NOON, new FrameSize(1280, 720), 42.5),
            new Pairing(paired ? PairingMethod.CONTAINMENT : null, paired ? 0.9 : 0, false),
            vehicle,
            plate,
            null,
            new Evidence("file:/e/frame.jpg", null, plate == null ? null : "file:/e/plate.jpg"),
            "towards",
            List.of())
        .withMatches(matches);
  }

  private static String json(VehiclePass pass) {
    return new String(
        new EventEncoder<>(EventEncoding.JSON, VehiclePassEvent.class)
            .encode(EventMapper.pass(pass)),
        StandardCharsets.UTF_8);
  }

  private static String json(Alert alert) {
    return new String(
        new EventEncoder<>(EventEncoding.JSON, AlertEvent.class).encode(EventMapper.alert(alert)),
        StandardCharsets.UTF_8);
  }
}
