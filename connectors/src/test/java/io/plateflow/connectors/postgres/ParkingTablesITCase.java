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
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Visits in, tables and statistics out. */
@ExtendWith(EmbeddedServices.class)
class ParkingTablesITCase {

  /** Half past seven in the morning in Makassar. */
  private static final Instant MORNING = Instant.parse("2026-11-19T23:30:00Z");

  private static final String HOURS =
      "SELECT local_start, entries, exits, visits, missed_entries, missed_exits, mean_dwell,"
          + " median_dwell, p90_dwell, max_occupancy FROM parking_statistics_hourly"
          + " WHERE site = 'north' ORDER BY bucket_start";
  private static final String DAYS =
      "SELECT day, entries, exits, visits, missed_entries, missed_exits, median_dwell,"
          + " max_occupancy FROM parking_statistics_daily WHERE site = 'north' ORDER BY day";

  private TestTable<VisitUpdate> writer;
  private Tables tables;

  @BeforeEach
  void open(PostgresConfig postgres) throws Exception {
    writer = new TestTable<>(postgres.withRetryFor(Duration.ZERO), new ParkingSink.Rows());
    tables = new Tables(postgres);
  }

  @Test
  void writesEveryColumnOfAVisit() throws Exception {
    writer.write(
        List.of(
            VisitUpdate.of(
                new ParkingVisit(
                    "v1",
                    "north",
                    VisitState.CLOSED,
                    event("in", "B1234CD", "PT0S", "Gate 1"),
                    event("out", "B1234CO", "PT90M", "Gate 2"),
                    MORNING.plus(Duration.ofMinutes(90)),
                    "car",
                    0.3,
                    "join"))));

    assertThat(
            tables.rows(
                "SELECT visit_id, site, state, plate_text, exit_plate_text, match_distance,"
                    + " vehicle_class, entry_pass_key, entry_time AT TIME ZONE 'UTC',"
                    + " entry_location, entry_camera_id, exit_pass_key,"
                    + " exit_time AT TIME ZONE 'UTC', exit_location, exit_camera_id,"
                    + " ended_at = exit_time, duration, corrected FROM parking_sessions"))
        .containsExactly(
            "v1|north|closed|B1234CD|B1234CO|0.3|car|in|2026-11-19 23:30:00|Gate 1|cam-in|out"
                + "|2026-11-20 01:00:00|Gate 2|cam-out|t|01:30:00|join");
    assertThat(
            tables.rows(
                "SELECT entry_local, entry_hour AT TIME ZONE 'UTC', entry_day, exit_local,"
                    + " exit_hour AT TIME ZONE 'UTC', exit_day FROM parking_sessions"))
        .containsExactly(
            "2026-11-20 07:30:00|2026-11-19 23:00:00|2026-11-20|2026-11-20 09:00:00"
                + "|2026-11-20 01:00:00|2026-11-20");
    assertThat(tables.count("rejected_rows")).isZero();
  }

  @Test
  void aVisitFollowsItsUpdatesAndAnUnchangedOneIsNotWrittenAgain() throws Exception {
    writer.write(List.of(open("v1", "PT0S"), open("v2", "PT5M")));
    writer.write(List.of(closed("v1", "PT0S", "PT1H"), open("v2", "PT5M")));
    String rows = "SELECT visit_id, state, duration FROM parking_sessions ORDER BY 1";
    assertThat(tables.rows(rows)).containsExactly("v1|closed|01:00:00", "v2|open|null");

    String versions = "SELECT xmin FROM parking_sessions ORDER BY visit_id";
    List<String> before = tables.rows(versions);
    writer.write(List.of(closed("v1", "PT0S", "PT1H"), open("v2", "PT5M")));
    assertThat(tables.rows(versions)).isEqualTo(before);

    // The exit was that of another vehicle after all.
    writer.write(List.of(open("v1", "PT0S"), VisitUpdate.removed("v2", "B1V2"), none("v3")));
    assertThat(tables.rows(rows)).containsExactly("v1|open|null");
  }

  @Test
  void occupancyIsWhoIsOpenByTheLocationOfEntry() throws Exception {
    writer.write(
        List.of(
            open("v1", "PT10M"),
            open("v2", "PT5M"),
            closed("v3", "PT0S", "PT20M"),
            missedExit("v4", "PT1M", "PT2H"),
            missedEntry("v5", "PT30M")));
    assertThat(
            tables.rows(
                "SELECT site, location, vehicles, longest_since AT TIME ZONE 'UTC'"
                    + " FROM parking_occupancy"))
        .containsExactly("north|Gate 1|2|2026-11-19 23:35:00");
  }

  @Test
  void statisticsCountDwellWhereAVisitEndedAndThePeakOfEveryHour() throws Exception {
    writer.write(
        List.of(
            closed("v1", "PT0S", "PT10M"),
            closed("v2", "PT5M", "PT65M"),
            closed("v3", "PT10M", "PT40M"),
            closed("v4", "PT61M", "PT75M"),
            missedExit("v5", "PT1M", "PT2H"),
            missedEntry("v6", "PT70M"),
            open("v7", "PT80M")));
    // v1 leaves in the instant in which v3 comes: there are never more than two before eight.
    assertThat(tables.rows(HOURS))
        .containsExactly(
            "2026-11-20 07:00:00|4|1|1|0|1|00:10:00|00:10:00|00:10:00|2",
            "2026-11-20 08:00:00|2|4|3|1|0|00:34:40|00:30:00|00:54:00|2");
    assertThat(tables.rows(DAYS)).containsExactly("2026-11-20|6|5|4|1|1|00:22:00|2");

    // A late pass shows that v1 came a day earlier.
    writer.write(
        List.of(VisitUpdate.removed("v1", "B1V1"), closed("v0", "PT-24H", "PT10M"), none("v9")));
    assertThat(tables.rows(HOURS).get(0)).startsWith("2026-11-19 07:00:00|1|0|0|0|0|null");
    assertThat(tables.rows(DAYS))
        .containsExactly("2026-11-19|1|0|0|0|0|null|1", "2026-11-20|5|5|4|1|1|00:45:00|2");
  }

  @Test
  void thePeakIsTheMostThatWereThereAtATime() throws Exception {
    Random random = new Random(5);
    List<VisitUpdate> visits = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      // Tens of minutes, so that entries and exits meet; some stay for long, some are still there.
      Duration in = Duration.ofMinutes(10L * random.nextInt(2 * 24 * 6));
      Duration stay = Duration.ofMinutes(10L * random.nextInt(random.nextInt(10) == 0 ? 120 : 18));
      visits.add(
          random.nextInt(20) == 0
              ? open("v" + i, in.toString())
              : closed("v" + i, in.toString(), in.plus(stay).toString()));
    }
    writer.write(visits);

    assertThat(
            tables.rows(
                "SELECT bucket_start, max_occupancy FROM parking_statistics_hourly"
                    + " ORDER BY 1"))
        .hasSizeGreaterThan(40)
        .isEqualTo(
            tables.rows(
                "SELECT h.bucket_start, max(n) FROM parking_statistics_hourly h"
                    + " CROSS JOIN generate_series(0, 50, 10) AS minute CROSS JOIN LATERAL ("
                    + " SELECT count(*) AS n FROM parking_sessions p WHERE p.stay @>"
                    + " h.bucket_start + make_interval(mins => minute)) AS at_minute"
                    + " GROUP BY 1 ORDER BY 1"));
    assertThat(tables.rows("SELECT day, max_occupancy FROM parking_statistics_daily ORDER BY 1"))
        .isEqualTo(
            tables.rows(
                "SELECT day, max(max_occupancy) FROM parking_statistics_hourly"
                    + " GROUP BY 1 ORDER BY 1"));
  }

  @Test
  void aRowThatCannotBeIsRefusedAloneWithItsReason() throws Exception {
    VisitUpdate backwards = closed("v2", "PT2H", "PT1H");
    writer.write(List.of(open("v1", "PT0S"), backwards, open("v3", "PT0S")));
    assertThat(tables.rows("SELECT visit_id FROM parking_sessions ORDER BY 1"))
        .containsExactly("v1", "v3");
    assertThat(tables.rows("SELECT kind, source, reason FROM rejected_rows"))
        .singleElement()
        .asString()
        .startsWith("parking-visit|B1V2|Postgres refused v2: ");
  }

  private static VisitUpdate open(String id, String in) {
    return visit(id, VisitState.OPEN, in, null, null);
  }

  private static VisitUpdate closed(String id, String in, String out) {
    return visit(id, VisitState.CLOSED, in, out, out);
  }

  private static VisitUpdate missedEntry(String id, String out) {
    return visit(id, VisitState.MISSED_ENTRY, null, out, out);
  }

  private static VisitUpdate missedExit(String id, String in, String ended) {
    return visit(id, VisitState.MISSED_EXIT, in, null, ended);
  }

  private static VisitUpdate none(String id) {
    return VisitUpdate.removed(id, "B1" + id.toUpperCase(Locale.ROOT));
  }

  private static VisitUpdate visit(
      String id, VisitState state, String in, String out, String ended) {
    String plate = "B1" + id.toUpperCase(Locale.ROOT);
    return VisitUpdate.of(
        new ParkingVisit(
            id,
            "north",
            state,
            in == null ? null : event(id + "-in", plate, in, "Gate 1"),
            out == null ? null : event(id + "-out", plate, out, "Gate 2"),
            ended == null ? null : MORNING.plus(Duration.parse(ended)),
            "car",
            0,
            null));
  }

  private static GateEvent event(String pass, String plate, String after, String location) {
    String camera = "cam-" + pass.replaceFirst(".*-", "");
    Place place = new Place(camera, location, GateType.ENTRY, "Asia/Makassar", "default");
    return new GateEvent(pass, plate, MORNING.plus(Duration.parse(after)), place, false);
  }
}
