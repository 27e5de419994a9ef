package io.plateflow.connectors.postgres;

import static io.plateflow.clients.testing.TestCorrections.correction;
import static io.plateflow.clients.testing.TestCorrections.plate;
import static io.plateflow.clients.testing.TestPasses.NOON;
import static io.plateflow.clients.testing.TestPasses.alert;
import static io.plateflow.clients.testing.TestPasses.pass;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.plateflow.clients.corrections.PassAtGate;
import io.plateflow.clients.corrections.RecordedPass;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.postgres.PostgresCorrections;
import io.plateflow.clients.testing.EmbeddedServices;
import io.plateflow.schemas.access.AccessDecision;
import io.plateflow.schemas.access.AccessDecision.Outcome;
import io.plateflow.schemas.access.AccessDecision.Reason;
import io.plateflow.schemas.camera.Place;
import io.plateflow.schemas.corrections.Correction;
import io.plateflow.schemas.corrections.CorrectionKind;
import io.plateflow.schemas.detection.Pairing;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.pass.Alert;
import io.plateflow.schemas.pass.AsRead;
import io.plateflow.schemas.pass.Evidence;
import io.plateflow.schemas.pass.PassPlate;
import io.plateflow.schemas.pass.VehiclePass;
import io.plateflow.schemas.plate.RungRead;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServices.class)
class CorrectionTablesITCase {

  private static final String STATISTICS =
      "SELECT sum(passes), sum(with_text) FROM pass_statistics_hourly";

  private PostgresConfig postgres;
  private Tables tables;
  private TestTable<VehiclePass> passes;
  private TestTable<Correction> corrections;

  @BeforeEach
  void open(PostgresConfig config) throws Exception {
    postgres = config;
    tables = new Tables(config);
    passes = TestTable.passes(config);
    corrections = new TestTable<>(config, new CorrectionSink.Rows());
  }

  @Test
  void whatWasReadStaysBesideWhatAPersonMadeOfIt() throws Exception {
    VehiclePass read = withGemini(pass("p1"));
    passes.write(List.of(corrected(read, "B1284CD")));

    assertThat(
            tables.rows(
                "SELECT plate_text, read_text, corrected_at AT TIME ZONE 'UTC', corrected_by"
                    + " FROM passes_flat"))
        .containsExactly("B1284CD|B1234CD|2026-11-20 05:30:00|ana");
    assertThat(tables.rows("SELECT text, origin FROM search_texts ORDER BY text"))
        .containsExactly("B1234CD|read", "B1284CD|plate", "B1Z34CD|read");

    RecordedPass found = Objects.requireNonNull(find(plate("c1", "p1", "B1234CD", NOON)));
    assertThat(found.pass()).isEqualTo(rounded(read));
    assertThat(found.alert()).isNull();
    assertThat(found.access()).isNull();
  }

  @Test
  void thePassComesBackAsItWasRecorded() throws Exception {
    VehiclePass read = withGemini(pass("p1"));
    passes.write(List.of(read));
    assertThat(Objects.requireNonNull(find(plate("c1", "p1", "B1", NOON))).pass())
        .isEqualTo(rounded(read));
    assertThat(find(plate("c1", "p2", "B1", NOON))).isNull();
  }

  @Test
  void whatWasToldComesBackWithIt() throws Exception {
    VehiclePass read = pass("p1");
    passes.write(List.of(read));
    Alert first = alert("p1", "B1234CD");
    Alert told =
        new Alert(3, Alert.State.CONFIRMED, first.match(), NOON, first.pass(), first.matches());
    new TestTable<>(postgres, new AlertSink.Rows()).write(List.of(told));

    Alert alert = Objects.requireNonNull(find(plate("c1", "p1", "B1", NOON))).alert();
    assertThat(Objects.requireNonNull(alert).revision()).isEqualTo(3);
    assertThat(alert.state()).isEqualTo(Alert.State.CONFIRMED);
    assertThat(alert.plate()).isEqualTo("B1234CD");
    assertThat(alert.match().listedPlate()).isEqualTo("B1234CD");
  }

  @Test
  void aPassHasThePlatesOfItsSiteBesideIt() throws Exception {
    passes.write(List.of(pass("p1"), pass("p2"), corrected(pass("p3"), "B9999CD")));
    assertThat(Objects.requireNonNull(find(plate("c1", "p1", "B9999CD", NOON))).neighbours())
        .extracting(PassAtGate::passId, PassAtGate::plate)
        .containsExactlyInAnyOrder(
            tuple("p1", "B1234CD"), tuple("p2", "B1234CD"), tuple("p3", "B9999CD"));
  }

  @Test
  void deletedPassesAreGoneForGoodAndTheStatisticsFall() throws Exception {
    passes.write(List.of(pass("p1"), pass("p2")));
    corrections.write(List.of(correction("c1", CorrectionKind.DELETE, "p1", null, NOON)));
    passes.write(List.of(pass("p1")));

    assertThat(tables.rows("SELECT pass_key FROM detection_sessions")).containsExactly("p2");
    assertThat(tables.rows(STATISTICS)).containsExactly("1|1");
    assertThat(tables.rows("SELECT kind, applied_at IS NOT NULL FROM corrections"))
        .containsExactly("delete|t");
    tables.execute("SELECT delete_expired_passes(interval '0', 10, now() + interval '1 year')");
    passes.write(List.of(pass("p1")));
    assertThat(tables.rows("SELECT pass_key FROM detection_sessions")).containsExactly("p2");
    assertThat(tables.rows("SELECT path FROM expired_evidence ORDER BY 1"))
        .containsExactly("file:/e/frame.jpg", "file:/e/vehicle.jpg");
  }

  @Test
  void erasedPassesStayAsCountsAndTellNothing() throws Exception {
    passes.write(List.of(pass("p1"), pass("p2")));
    corrections.write(List.of(plate("c1", "p1", "B1284CD", NOON)));
    corrections.write(
        List.of(correction("c2", CorrectionKind.ERASE, "p1", null, NOON.plusSeconds(5))));
    passes.write(List.of(pass("p1")));

    assertThat(tables.rows("SELECT pass_key FROM detection_sessions")).containsExactly("p2");
    assertThat(tables.rows(STATISTICS)).containsExactly("2|2");
    tables.execute("UPDATE locations SET timezone = 'Asia/Kathmandu'");
    assertThat(tables.rows(STATISTICS)).containsExactly("2|2");
    assertThat(
            tables.rows(
                "SELECT correction_id, to_value, reason IS NULL FROM corrections ORDER BY 1"))
        .containsExactly("c1|null|t", "c2|null|t");
    try (PostgresCorrections archive = new PostgresCorrections(postgres)) {
      assertThat(archive.all()).extracting(Correction::removed).containsExactly(true, false);
    }
  }

  @Test
  void aRowThatIsNoCorrectionKeepsNobodyFromStarting() throws Exception {
    tables.rows(
        "INSERT INTO corrections (correction_id, kind, pass_key, to_value, changed_at)"
            + " VALUES ('bad', 'plate', 'p1', '-', now()), ('good', 'plate', 'p1', 'B1', now())"
            + " RETURNING correction_id");
    try (PostgresCorrections archive = new PostgresCorrections(postgres)) {
      assertThat(archive.all()).extracting(Correction::correctionId).containsExactly("good");
    }
  }

  @Test
  void whatAPassWasBeforeItsCorrectionKeepsItsPictures() throws Exception {
    VehiclePass read = pass("p1");
    PassPlate plate = Objects.requireNonNull(read.plate());
    Evidence pictures =
        new Evidence("file:/e/frame.jpg", "file:/e/vehicle.jpg", "file:/e/plate.jpg");
    AsRead before =
        new AsRead(0, read.place(), read.pairing(), read.vehicle(), plate, false, NOON, "ana");
    passes.write(
        List.of(
            new VehiclePass(
                "p1",
                1,
                read.place(),
                read.seen(),
                read.frame(),
                new Pairing(null, 0, false),
                read.vehicle(),
                null,
                null,
                pictures,
                read.direction(),
                List.of(),
                null,
                before)));
    assertThat(tables.rows("SELECT DISTINCT path FROM evidence_pictures ORDER BY 1"))
        .containsExactly("file:/e/frame.jpg", "file:/e/plate.jpg", "file:/e/vehicle.jpg");
  }

  @Test
  void aGateForListedVehiclesOnlyIsStillOneWhenItsPassIsOld() throws Exception {
    VehiclePass read = pass("p1");
    Place place = read.place();
    VehiclePass atGate =
        new VehiclePass(
            "p1",
            0,
            new Place(
                place.cameraId(),
                place.location(),
                place.gate(),
                place.timezone(),
                place.site(),
                true),
            read.seen(),
            read.frame(),
            read.pairing(),
            read.vehicle(),
            read.plate(),
            null,
            read.evidence(),
            read.direction(),
            List.of());
    passes.write(List.of(atGate));
    new TestTable<>(postgres, new AccessSink.Rows())
        .write(
            List.of(new AccessDecision(2, Outcome.DENIED, Reason.NOT_LISTED, NOON, NOON, atGate)));
    RecordedPass found = Objects.requireNonNull(find(plate("c1", "p1", "B1", NOON)));
    assertThat(found.pass().place().permitOnly()).isTrue();
    assertThat(Objects.requireNonNull(found.access()).outcome()).isEqualTo(Outcome.DENIED);
    assertThat(found.access().revision()).isEqualTo(2);
  }

  @Test
  void aDeletionThatComesBeforeItsPassHoldsToo() throws Exception {
    corrections.write(List.of(correction("c1", CorrectionKind.DELETE, "p1", null, NOON)));
    passes.write(List.of(pass("p1"), pass("p2")));
    assertThat(tables.rows("SELECT pass_key FROM detection_sessions")).containsExactly("p2");
  }

  @Test
  void heldPassesStay() throws Exception {
    passes.write(List.of(pass("p1")));
    tables.execute("SELECT hold_pass('p1', 'court case', 'ana')");
    corrections.write(List.of(correction("c1", CorrectionKind.DELETE, "p1", null, NOON)));

    assertThat(tables.count("detection_sessions")).isEqualTo(1);
    assertThat(tables.rows("SELECT applied_at IS NULL FROM corrections")).containsExactly("t");
    assertThat(
            Objects.requireNonNull(find(correction("c1", CorrectionKind.DELETE, "p1", null, NOON)))
                .heldBy())
        .containsExactly("ana");
  }

  @Test
  void theLatestFormOfACorrectionStaysAndSaysWhenItWasApplied() throws Exception {
    corrections.write(
        List.of(plate("c1", "p1", "B2", NOON.plusSeconds(2)), plate("c1", "p1", "B1", NOON)));
    corrections.write(List.of(plate("c1", "p1", "B0", NOON.plusSeconds(1))));
    assertThat(tables.rows("SELECT to_value, applied_at IS NULL FROM corrections"))
        .containsExactly("B2|t");

    passes.write(List.of(corrected(pass("p1"), "B2")));
    assertThat(tables.rows("SELECT to_value, applied_at IS NULL FROM corrections"))
        .containsExactly("B2|f");
  }

  private RecordedPass find(Correction correction) {
    try (PostgresCorrections archive = new PostgresCorrections(postgres)) {
      return archive.find(correction);
    }
  }

  private static VehiclePass corrected(VehiclePass read, String plate) {
    PassPlate before = Objects.requireNonNull(read.plate());
    Instant at = NOON.plusSeconds(3600);
    return read.withPlate(before.withText(plate))
        .withAsRead(
            new AsRead(0, read.place(), read.pairing(), read.vehicle(), before, false, at, "ana"));
  }

  /** Local and Gemini disagreed. */
  private static VehiclePass withGemini(VehiclePass pass) {
    PassPlate plate = Objects.requireNonNull(pass.plate());
    return pass.withPlate(
        new PassPlate(
            plate.text(),
            plate.box(),
            plate.detectionScore(),
            plate.readScore(),
            plate.reads(),
            plate.agreeingReads(),
            plate.reader(),
            plate.attributes(),
            List.of(
                new RungRead("local", "B1234CD", 0.5, List.of()),
                new RungRead("gemini", "B1Z34CD", 0.25, List.of(0.5f, 1f, 1f, 1f, 1f, 1f, 1f))),
            "local is surer",
            plate.looks()));
  }

  /** Boxes are kept in hundredths of a pixel. */
  private static VehiclePass rounded(VehiclePass pass) {
    PassPlate plate = Objects.requireNonNull(pass.plate());
    return pass.withPlate(
        new PassPlate(
            plate.text(),
            new BoundingBox(300.26, 500, 420, 540.5),
            plate.detectionScore(),
            plate.readScore(),
            plate.reads(),
            plate.agreeingReads(),
            plate.reader(),
            plate.attributes(),
            plate.rungs(),
            plate.decision(),
            plate.looks()));
  }
}
