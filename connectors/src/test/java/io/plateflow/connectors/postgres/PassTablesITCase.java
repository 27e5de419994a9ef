package io.plateflow.connectors.postgres;

import static io.plateflow.clients.testing.TestPasses.NOON;
import static io.plateflow.clients.testing.TestPasses.blacklisted;
import static io.plateflow.clients.testing.TestPasses.car;
import static io.plateflow.clients.testing.TestPasses.pass;
import static io.plateflow.clients.testing.TestPasses.plate;
import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.testing.EmbeddedServices;
import io.plateflow.clients.testing.TestPasses;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.pass.PassOrigin;
import io.plateflow.schemas.pass.PassPlate;
import io.plateflow.schemas.pass.VehiclePass;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServices.class)
class PassTablesITCase {

  private static final String IDS =
      "SELECT s.id, v.id, p.id, p.vehicle_id FROM detection_sessions s"
          + " LEFT JOIN vehicles v ON v.session_id = s.id LEFT JOIN plates p ON p.session_id = s.id"
          + " ORDER BY s.pass_key";

  private static final String REJECTED =
      "SELECT kind, source, reason FROM rejected_rows ORDER BY id";

  private TestTable<VehiclePass> writer;
  private Tables tables;

  @BeforeEach
  void open(PostgresConfig postgres) throws Exception {
    writer = TestTable.passes(postgres.withRetryFor(Duration.ZERO));
    tables = new Tables(postgres);
  }

  @Test
  void writesEveryColumnOfAPass() throws Exception {
    writer.write(
        List.of(
            pass(
                "p1",
                "cam-1",
                "Gate 1",
                GateType.ENTRY,
                NOON,
                car(),
                plate("B 1234 CD"),
                blacklisted("B1234CD"))));

    assertThat(
            tables.rows(
                "SELECT pass_key, detection_id, camera_id, gate, timestamp AT TIME ZONE 'UTC',"
                    + " first_seen AT TIME ZONE 'UTC', last_seen AT TIME ZONE 'UTC', frames,"
                    + " image_resolution, processing_time, stored_original_path, detection_type,"
                    + " pairing_method, pairing_confidence, pairing_ambiguous"
                    + " FROM detection_sessions"))
        .containsExactly(
            "p1|p1|cam-1|entry|2026-11-20 04:30:00|2026-11-20 04:29:59|2026-11-20 04:30:01|40"
                + "|1280x720|0.0425|file:/e/frame.jpg|vehicle_with_plate|containment|0.9|f");
    assertThat(
            tables.rows(
                "SELECT vehicle_idx, vehicle_class, vehicle_bounding_box, vehicle_confidence_score,"
                    + " vehicle_image_path FROM vehicles"))
        .containsExactly("1|car|[100.0, 200.0, 700.0, 650.0]|0.97|file:/e/vehicle.jpg");
    assertThat(
            tables.rows(
                "SELECT plate_idx, plate_text, plate_number, plate_bounding_box,"
                    + " plate_confidence_score, ocr_confidence, reads, agreeing_reads, reader,"
                    + " plate_type, plate_date, plate_background_color, plate_text_color,"
                    + " plate_region, plate_country, plate_blue_strip, plate_status, listed_plate,"
                    + " match_distance, match_tolerance, vehicle_id = (SELECT id FROM vehicles)"
                    + " FROM plates"))
        .containsExactly(
            "1|B1234CD|B 1234 CD|[300.26, 500.0, 420.0, 540.5]|0.88|0.93|7|5|local|private|11.28"
                + "|white|black|B (Jakarta)|id|1|blacklist|B1234CD|0|0.4|t");
    assertThat(tables.rows("SELECT name, type, timezone FROM locations"))
        .containsExactly("Gate 1|Entry|Asia/Makassar");
    assertThat(
            tables.rows(
                "SELECT pass_key, location, local_time, plate_text, plate_status FROM passes_flat"))
        .containsExactly("p1|Gate 1|2026-11-20 12:30:00|B1234CD|blacklist");
  }

  @Test
  void samePassAgainKeepsRowsAndIds() throws Exception {
    List<VehiclePass> batch = List.of(pass("p1"), pass("p2"));
    writer.write(batch);
    List<String> ids = tables.rows(IDS);

    writer.write(batch);

    assertThat(tables.rows(IDS)).isEqualTo(ids).hasSize(2);
    assertThat(tables.count("locations")).isEqualTo(1);
  }

  @Test
  void correctedPassChangesItsRowsAndTheStatistics() throws Exception {
    writer.write(List.of(pass("p1")));
    List<String> ids = tables.rows(IDS);

    writer.write(
        List.of(
            pass(
                "p1",
                "cam-1",
                "Gate 1",
                GateType.ENTRY,
                NOON.plus(Duration.ofHours(2)),
                TestPasses.vehicle("truck"),
                plate("D 55 XY", "public", "D", "Bandung"),
                null)));

    assertThat(tables.rows(IDS)).isEqualTo(ids);
    assertThat(tables.rows("SELECT plate_text, plate_region FROM plates"))
        .containsExactly("D55XY|D (Bandung)");
    assertThat(
            tables.rows(
                "SELECT local_start, vehicle_class, plate_type, region_code, status, passes,"
                    + " with_text FROM pass_statistics_hourly"))
        .containsExactly("2026-11-20 14:00:00|truck|public|D|unclassified|1|1");
  }

  @Test
  void everyLookAndOtherReaderIsWrittenBesideThePassAndFollowsItsCorrections() throws Exception {
    writer.write(List.of(pass("p1"), pass("p2")));
    String reads =
        "SELECT number, captured_at AT TIME ZONE 'UTC', reader, text, score, character_scores,"
            + " agrees FROM plate_reads JOIN detection_sessions s ON s.id = session_id"
            + " WHERE pass_key = 'p1' ORDER BY 1";
    assertThat(tables.rows(reads))
        .containsExactly(
            "1|2026-11-20 04:30:00|local|B1234CD|0.5|{0.5,0.5,0.5,0.5,0.5,0.5,0.5}|t",
            "2|null|gemini|B1234CD|0.9|{0.9,0.9,0.9,0.9,0.9,0.9,0.9}|t");

    VehiclePass pass = pass("p1");
    PassPlate hidden = pass.plate().hiddenAs("#0123456789abcdef");
    writer.write(List.of(pass.withPlate(hidden)));
    assertThat(tables.rows(reads)).isEmpty();
    assertThat(tables.count("plate_reads")).isEqualTo(2);
    assertThat(tables.rows("SELECT text, passes FROM search_plates ORDER BY 1"))
        .containsExactly("#0123456789abcdef|1", "B1234CD|1");

    tables.execute("DELETE FROM detection_sessions");
    assertThat(tables.count("plate_reads")).isZero();
    assertThat(tables.count("search_plates")).isZero();
  }

  @Test
  void passThatLosesItsPlateLosesItsPlateRow() throws Exception {
    writer.write(List.of(pass("p1"), pass("p2")));

    writer.write(List.of(pass("p1", "cam-1", "Gate 1", GateType.ENTRY, NOON, car(), null, null)));

    assertThat(
            tables.rows(
                "SELECT pass_key, detection_type, vehicle_class, plate_text FROM passes_flat"
                    + " ORDER BY 1"))
        .containsExactly("p1|vehicle_without_plate|car|null", "p2|vehicle_with_plate|car|B1234CD");
    assertThat(tables.count("plates")).isEqualTo(1);
  }

  @Test
  void passThatLosesItsVehicleKeepsItsPlateRow() throws Exception {
    writer.write(List.of(pass("p1")));
    List<String> plateId = tables.rows("SELECT id FROM plates");

    writer.write(
        List.of(pass("p1", "cam-1", "Gate 1", GateType.ENTRY, NOON, null, plate("B 1 A"), null)));

    assertThat(tables.count("vehicles")).isZero();
    assertThat(tables.rows("SELECT id FROM plates WHERE vehicle_id IS NULL")).isEqualTo(plateId);
  }

  @Test
  void sameNameWithAnotherGateIsAnotherLocation() throws Exception {
    writer.write(
        List.of(
            pass("p1"),
            pass("p2", "cam-2", "Gate 1", GateType.EXIT, NOON, car(), null, null),
            pass("p3", "cam-3", "Gate 1", GateType.PASSAGE, NOON, car(), null, null)));

    assertThat(tables.rows("SELECT name, type FROM locations ORDER BY type"))
        .containsExactly("Gate 1|Entry", "Gate 1|Exit", "Gate 1|Passage");
  }

  @Test
  void aHiddenPlateIsWrittenAsItsHashAndNothingElseThatLooksLikeOne() throws Exception {
    VehiclePass open = pass("p1");
    writer.write(
        List.of(
            open.withPlate(open.plate().hiddenAs("#0123456789abcdef")),
            pass("p2").withPlate(open.plate().hiddenAs("#0123"))));

    assertThat(tables.rows("SELECT plate_text, plate_number, plate_date, plate_region FROM plates"))
        .containsExactly("#0123456789abcdef|null|null|B (Jakarta)");
    assertThat(tables.rows(REJECTED))
        .singleElement()
        .asString()
        .startsWith("pass|cam-1|Postgres refused p2: ")
        .contains("plates_plate_text_check");
  }

  @Test
  void refusedPassIsReportedAndTheOthersOfItsBatchAreWritten() throws Exception {
    VehiclePass endless =
        pass(
            "bad",
            "cam-9",
            "Gate 1",
            GateType.ENTRY,
            NOON,
            car(),
            plate("B" + "1".repeat(90)),
            null);
    VehiclePass zeroByte =
        pass("null\u0000byte", "cam-8", "Gate 1", GateType.ENTRY, NOON, car(), null, null);

    writer.write(List.of(pass("p1"), pass("p2"), endless, pass("p3"), zeroByte, pass("p4")));

    assertThat(tables.rows("SELECT pass_key FROM detection_sessions ORDER BY 1"))
        .containsExactly("p1", "p2", "p3", "p4");
    assertThat(tables.rows("SELECT sum(passes) FROM pass_statistics_hourly")).containsExactly("4");
    assertThat(tables.rows(REJECTED)).hasSize(2);
    assertThat(tables.rows(REJECTED).get(0))
        .startsWith("pass|cam-9|Postgres refused bad: ")
        .contains("plates_plate_text_check");
    assertThat(tables.rows(REJECTED).get(1))
        .startsWith("pass|cam-8|Postgres refused null\uFFFDbyte: ");

    // A replay reports it no second time.
    writer.write(List.of(pass("p1"), endless));
    assertThat(tables.count("rejected_rows")).isEqualTo(2);
  }

  @Test
  void newTimezoneCutsTheStatisticsAnew() throws Exception {
    writer.write(List.of(pass("p1")));

    tables.execute("UPDATE locations SET timezone = 'Asia/Kolkata'");

    assertThat(tables.rows("SELECT local_start, passes FROM pass_statistics_hourly"))
        .containsExactly("2026-11-20 10:00:00|1");
    tables.execute("UPDATE locations SET timezone = 'Pacific/Auckland'");
    assertThat(tables.rows("SELECT day, passes FROM pass_statistics_daily"))
        .containsExactly("2026-11-20|1");
    tables.execute("UPDATE locations SET timezone = 'Pacific/Kiritimati'");
    assertThat(tables.rows("SELECT local_start, passes FROM pass_statistics_hourly"))
        .containsExactly("2026-11-20 18:00:00|1");
  }

  @Test
  void aReadGetsTheIdThatWasReservedForIt() throws Exception {
    long reserved = Long.parseLong(tables.rows("SELECT reserve_session_id()").get(0));
    writer.write(List.of(TestPasses.pass("p1"), sent("r1", reserved), sent("r2", reserved)));
    // Of what was never given out, another pass would be in the way some day.
    writer.write(List.of(sent("r3", reserved + 1_000)));
    writer.write(List.of(sent("r1", reserved).withPlate(plate("B 9 XY"))));
    writer.write(List.of(TestPasses.pass("p2")));

    assertThat(
            tables.rows(
                "SELECT pass_key, id = %d, upload_id, original_image_path FROM detection_sessions"
                        .formatted(reserved)
                    + " ORDER BY pass_key"))
        .containsExactly(
            "@desk:r1|t|u-7|file:/in/1.jpg",
            "@desk:r2|f|u-7|file:/in/1.jpg",
            "@desk:r3|f|u-7|file:/in/1.jpg",
            "p1|f|null|null",
            "p2|f|null|null");
    assertThat(tables.rows("SELECT max(id) < %d FROM detection_sessions".formatted(reserved + 100)))
        .containsExactly("t");
    assertThat(
            tables.rows(
                "SELECT session_id = %d FROM plates WHERE plate_text = 'B9XY'".formatted(reserved)))
        .containsExactly("t");
    assertThat(tables.rows(REJECTED)).isEmpty();
  }

  private static VehiclePass sent(String recordId, long sessionId) {
    PassOrigin origin = new PassOrigin("desk", recordId, true, "u-7", sessionId, "file:/in/1.jpg");
    VehiclePass pass =
        pass(
            origin.passId(),
            PassOrigin.cameraId("desk"),
            "desk",
            GateType.PASSAGE,
            NOON,
            car(),
            plate("B 1234 CD"),
            null);
    return new VehiclePass(
        pass.passId(),
        pass.revision(),
        pass.place(),
        pass.seen(),
        pass.frame(),
        pass.pairing(),
        pass.vehicle(),
        pass.plate(),
        pass.match(),
        pass.evidence(),
        pass.direction(),
        pass.matches(),
        origin);
  }
}
