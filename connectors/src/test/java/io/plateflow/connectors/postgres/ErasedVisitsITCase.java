package io.plateflow.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.testing.EmbeddedServices;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.camera.Place;
import io.plateflow.schemas.parking.GateEvent;
import io.plateflow.schemas.parking.ParkingVisit;
import io.plateflow.schemas.parking.VisitState;
import io.plateflow.schemas.parking.VisitUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Visits of erased passes: counted as before, but nobody's. */
@ExtendWith(EmbeddedServices.class)
class ErasedVisitsITCase {

  private static final Instant EIGHT = Instant.parse("2026-11-20T00:00:00Z");
  private static final String PLATE = "B1234CD";
  private static final String HIDDEN = "#0000000000000000";

  private static final String ROWS =
      "SELECT visit_id, state, plate_text, exit_plate_text FROM parking_sessions ORDER BY 1";

  private PostgresConfig config;
  private TestTable<VisitUpdate> writer;
  private Tables tables;

  @BeforeEach
  void open(PostgresConfig postgres) throws Exception {
    config = postgres.withRetryFor(Duration.ZERO);
    writer = new TestTable<>(config, new ParkingSink.Rows());
    tables = new Tables(postgres);
  }

  @AfterEach
  void close() {
    writer.close();
  }

  @Test
  void theVisitStaysWithNothingThatTellsWhoseItWas() throws Exception {
    writer.write(List.of(closed("in", "out"), open("other")));
    List<String> before = statistics();

    erase("out");

    assertThat(tables.rows(ROWS))
        .containsExactly(
            "81234CD-other|open|" + PLATE + "|null", "erased-in|closed|" + HIDDEN + "|" + HIDDEN);
    assertThat(
            tables.rows(
                "SELECT entry_pass_key, exit_pass_key, vehicle_class, match_distance, corrected,"
                    + " site, entry_location, exit_location, duration, ended_at = exit_time"
                    + " FROM parking_sessions WHERE visit_id = 'erased-in'"))
        .containsExactly("null|null|null|null|null|north|Gate in|Gate out|01:00:00|t");
    assertThat(statistics()).isEqualTo(before);
  }

  @Test
  void whatIsToldLaterIsOfNobodyToo() throws Exception {
    erase("in");
    writer.write(List.of(open("in")));
    assertThat(tables.rows(ROWS)).containsExactly("erased-in|open|" + HIDDEN + "|null");
    writer.write(List.of(closed("in", "out")));
    assertThat(tables.rows(ROWS)).containsExactly("erased-in|closed|" + HIDDEN + "|" + HIDDEN);
    List<String> versions = tables.rows("SELECT xmin FROM parking_sessions");
    writer.write(List.of(closed("in", "out")));
    assertThat(tables.rows("SELECT xmin FROM parking_sessions")).isEqualTo(versions);
    // It turned out to be the second look at another entry.
    writer.write(List.of(VisitUpdate.removed("81234CD-in", PLATE), open("earlier")));
    assertThat(tables.rows(ROWS)).containsExactly("81234CD-earlier|open|" + PLATE + "|null");
  }

  /** After a restore the erased pass does not come again, the other one does. */
  @Test
  void thePassThatIsLeftBeginsAndEndsNoVisitOfItsOwn() throws Exception {
    writer.write(List.of(closed("in", "out"), closed("in-2", "out-2")));
    erase("in");
    erase("out-2");
    List<String> rows = tables.rows(ROWS);
    assertThat(rows).map(row -> row.split("\\|")[0]).containsExactly("erased-in", "erased-in-2");

    writer.write(List.of(missedEntry("out"), open("in-2")));

    assertThat(tables.rows(ROWS)).isEqualTo(rows);
    assertThat(
            tables.rows(
                "SELECT in_anonymous_visit(p, 'north', 'cam-' || p, at::timestamptz, 'UTC') FROM"
                    + " (VALUES ('out', '2026-11-20T01:00:00Z'), ('in-2', '2026-11-20T00:00:00Z'),"
                    + " ('other', '2026-11-20T01:00:00Z')) AS passes (p, at)"))
        .containsExactly("t", "t", "f");
  }

  /** The plate it had before is taken back by another writer than tells the one it has now. */
  @Test
  void aCorrectedPlateThatIsTakenBackDoesNotTakeTheVisitOfAnErasedPassWithIt() throws Exception {
    correct("in", "plate");
    writer.write(List.of(VisitUpdate.removed("D77A8C-in", "D77ABC"), closed("in", "out")));
    erase("in");
    writer.write(List.of(VisitUpdate.removed("D77A8C-in", "D77ABC")));
    assertThat(tables.rows(ROWS)).containsExactly("erased-in|closed|" + HIDDEN + "|" + HIDDEN);
  }

  @Test
  void aHeldPassIsNotErased() throws Exception {
    tables.execute(
        "INSERT INTO holds (pass_key, held_by, reason) VALUES ('in', 'police', 'case 7')");
    correct("in", "erase");
    writer.write(List.of(closed("in", "out")));
    assertThat(tables.rows(ROWS))
        .singleElement()
        .asString()
        .startsWith("81234CD-in|closed|B1234CD");
  }

  @Test
  void replaysInAnyOrderLeaveTheSameRows() throws Exception {
    Random random = new Random(11);
    for (int round = 0; round < 4; round++) {
      tables.execute("TRUNCATE parking_sessions; TRUNCATE corrections");
      List<VisitUpdate> updates = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        updates.add(closed("in-" + i, "out-" + i));
        updates.add(VisitUpdate.removed("81234CD-out-" + i, PLATE));
      }
      writer.write(updates);
      List<String> before = statistics();
      for (String pass : List.of("in-1", "out-2", "in-3", "out-3")) {
        erase(pass);
        Collections.shuffle(updates, random);
        writer.write(updates.subList(0, 1 + random.nextInt(updates.size())));
      }
      assertThat(tables.rows("SELECT visit_id FROM parking_sessions ORDER BY 1"))
          .containsExactly(
              "81234CD-in-0",
              "81234CD-in-4",
              "81234CD-in-5",
              "erased-in-1",
              "erased-in-2",
              "erased-in-3");
      assertThat(statistics()).isEqualTo(before);
    }
    assertThat(tables.count("rejected_rows")).isZero();
  }

  /** Whichever of the two is first, no row with a plate stays. */
  @Test
  void anErasureWhileVisitsAreWrittenMissesNone() throws Exception {
    for (int round = 0; round < 20; round++) {
      String pass = "in-" + round;
      CompletableFuture<Void> written =
          CompletableFuture.runAsync(
              () -> {
                try (TestTable<VisitUpdate> another =
                    new TestTable<>(config, new ParkingSink.Rows())) {
                  another.write(List.of(closed(pass, "out-" + pass), open("other-" + pass)));
                } catch (java.io.IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      erase(pass);
      written.join();
    }
    assertThat(
            tables.rows(
                "SELECT count(*) FILTER (WHERE visit_id LIKE 'erased-%'),"
                    + " count(*) FILTER (WHERE entry_pass_key LIKE 'in-%') FROM parking_sessions"))
        .containsExactly("20|0");
    assertThat(tables.deadlocks()).isZero();
  }

  private List<String> statistics() {
    List<String> all = new ArrayList<>();
    for (String view :
        List.of("parking_statistics_hourly", "parking_statistics_daily", "parking_occupancy")) {
      all.addAll(tables.rows("SELECT v.* FROM %s v ORDER BY v.*".formatted(view)));
    }
    return all;
  }

  /** As the erasure of a pass does, in one transaction. */
  private void erase(String pass) {
    tables.execute(
        "BEGIN; %s; SELECT anonymize_visits('%s'); COMMIT"
            .formatted(correction(pass, "erase"), pass));
  }

  private void correct(String pass, String kind) {
    tables.execute(correction(pass, kind));
  }

  private static String correction(String pass, String kind) {
    return "INSERT INTO corrections (correction_id, kind, pass_key, changed_at)"
        + " VALUES ('%s-%s', '%s', '%s', now()) ON CONFLICT DO NOTHING"
            .formatted(kind, pass, kind, pass);
  }

  private static VisitUpdate open(String in) {
    return visit(VisitState.OPEN, event(in, 0), null);
  }

  private static VisitUpdate closed(String in, String out) {
    return visit(VisitState.CLOSED, event(in, 0), event(out, 1));
  }

  private static VisitUpdate missedEntry(String out) {
    return visit(VisitState.MISSED_ENTRY, null, event(out, 1));
  }

  private static VisitUpdate visit(VisitState state, GateEvent in, GateEvent out) {
    String first = in == null ? out.passId() : in.passId();
    return VisitUpdate.of(
        new ParkingVisit(
            "81234CD-" + first,
            "north",
            state,
            in,
            out,
            out == null ? null : out.at(),
            "car",
            0,
            out == null ? null : "join"));
  }

  private static GateEvent event(String pass, int hours) {
    Place place =
        new Place("cam-" + pass, "Gate " + pass, GateType.ENTRY, "Asia/Makassar", "north");
    return new GateEvent(pass, PLATE, EIGHT.plus(Duration.ofHours(hours)), place, false);
  }
}
