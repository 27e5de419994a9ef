package io.plateflow.connectors.postgres;

import static io.plateflow.clients.testing.TestPasses.NOON;
import static io.plateflow.clients.testing.TestPasses.plate;
import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.testing.EmbeddedServices;
import io.plateflow.clients.testing.TestPasses;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.pass.PassPlate;
import io.plateflow.schemas.pass.PassVehicle;
import io.plateflow.schemas.pass.VehiclePass;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is written, in whatever order, the statistics are what the base tables say. */
@ExtendWith(EmbeddedServices.class)
class PassStatisticsITCase {

  private static final String GROUPS =
      " coalesce(v.vehicle_class, 'none'),"
          + " CASE WHEN p.id IS NULL THEN 'none' ELSE coalesce(p.plate_type, 'unknown') END,"
          + " CASE WHEN p.id IS NULL THEN 'none' ELSE coalesce(p.plate_region_code, 'unknown') END,"
          + " coalesce(p.plate_status, 'unclassified'),"
          + " count(*), count(v.id), count(p.id), count(p.plate_text)"
          + " FROM detection_sessions s JOIN locations l ON l.id = s.location_id"
          + " LEFT JOIN vehicles v ON v.session_id = s.id"
          + " LEFT JOIN plates p ON p.session_id = s.id GROUP BY 1, 2, 3, 4, 5, 6"
          + " ORDER BY 1, 2, 3, 4, 5, 6";
  private static final String TRUE_HOURS =
      "SELECT l.id, date_trunc('hour', s.timestamp, l.timezone)," + GROUPS;
  private static final String TRUE_DAYS =
      "SELECT l.id, (s.timestamp AT TIME ZONE l.timezone)::date," + GROUPS;
  private static final String COUNTED =
      ", vehicle_class, plate_type, region_code, status, passes, with_vehicle, with_plate,"
          + " with_text FROM %s ORDER BY 1, 2, 3, 4, 5, 6";
  private static final String HOURS =
      "SELECT location_id, bucket_start" + COUNTED.formatted("pass_statistics_hourly");
  private static final String DAYS =
      "SELECT location_id, day" + COUNTED.formatted("pass_statistics_daily");

  private PostgresConfig postgres;
  private Tables tables;

  @BeforeEach
  void open(PostgresConfig database) {
    postgres = database.withRetryFor(Duration.ofSeconds(20));
    tables = new Tables(postgres);
  }

  @Test
  void equalAGroupByOverTheBaseTablesAfterRandomPassesAndCorrections() throws Exception {
    Random random = new Random(7);
    Map<String, VehiclePass> latest = new TreeMap<>();
    try (TestTable<VehiclePass> writer = TestTable.passes(postgres)) {
      for (int batch = 0; batch < 40; batch++) {
        Map<String, VehiclePass> passes = new TreeMap<>();
        for (int i = 0; i < 25; i++) {
          // Ids repeat: about half of them are corrections of an earlier pass.
          VehiclePass pass = randomPass(random, "pass-" + random.nextInt(500));
          passes.put(pass.passId(), pass);
        }
        writer.write(List.copyOf(passes.values()));
        latest.putAll(passes);
      }
    }

    assertThat(tables.count("detection_sessions")).isEqualTo(latest.size());
    assertThat(tables.count("plates"))
        .isEqualTo(latest.values().stream().filter(p -> p.plate() != null).count());
    assertThat(tables.rows(HOURS)).isEqualTo(tables.rows(TRUE_HOURS)).isNotEmpty();
    assertThat(tables.rows(DAYS)).isEqualTo(tables.rows(TRUE_DAYS)).isNotEmpty();
  }

  /**
   * @param refused whether a row of each batch is refused, so that its rows are written one by one
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void equalItWhenSinksWriteTheSameBucketsAtTheSameTime(boolean refused) throws Exception {
    int writers = 4;
    // One by one takes longer.
    int batches = refused ? 8 : 30;
    int keys = Math.min(batches, 20);
    long before = tables.deadlocks();
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    try {
      List<Future<?>> done = new ArrayList<>();
      for (int w = 0; w < writers; w++) {
        int number = w;
        done.add(
            threads.submit(
                () -> {
                  Random random = new Random(number);
                  try (TestTable<VehiclePass> writer = TestTable.passes(postgres)) {
                    for (int batch = 0; batch < batches; batch++) {
                      List<VehiclePass> passes = new ArrayList<>();
                      for (int i = 0; i < 10; i++) {
                        passes.add(
                            randomPass(random, "w%d-%d-%d".formatted(number, batch % keys, i)));
                      }
                      if (refused) {
                        passes.add(withEndlessPlate(randomPass(random, "bad")));
                      }
                      writer.write(passes);
                    }
                  }
                  return null;
                }));
      }
      for (Future<?> one : done) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(tables.count("detection_sessions")).isEqualTo(10L * writers * keys);
    assertThat(tables.rows(HOURS)).isEqualTo(tables.rows(TRUE_HOURS));
    assertThat(tables.rows(DAYS)).isEqualTo(tables.rows(TRUE_DAYS));
    PlateSearchITCase.assertPlatesAreCountedRight(tables);
    assertThat(tables.deadlocks()).isEqualTo(before);
  }

  @Test
  void equalItThroughAChangeOfClocks() throws Exception {
    tables.execute(
        "INSERT INTO locations (name, type, timezone) VALUES"
            + " ('Gate 0', 'Entry', 'Europe/Berlin'), ('Gate 1', 'Entry', 'Australia/Lord_Howe'),"
            + " ('Gate 2', 'Entry', 'Asia/Kathmandu')");
    List<VehiclePass> passes = new ArrayList<>();
    for (int minutes = 0; minutes < 48 * 60; minutes += 10) {
      for (int gate = 0; gate < 3; gate++) {
        passes.add(
            TestPasses.pass(
                "t%d-%d".formatted(gate, minutes),
                "cam-1",
                "Gate " + gate,
                GateType.ENTRY,
                // Clocks go back at Lord Howe on 2026-04-04, 15:00 UTC.
                java.time.Instant.parse("2026-04-03T16:00:00Z").plusSeconds(minutes * 60L),
                TestPasses.car(),
                null,
                null));
      }
    }
    try (TestTable<VehiclePass> writer = TestTable.passes(postgres)) {
      writer.write(passes);
    }

    assertThat(tables.rows(HOURS)).isEqualTo(tables.rows(TRUE_HOURS));
    assertThat(tables.rows(DAYS)).isEqualTo(tables.rows(TRUE_DAYS));
    assertThat(tables.rows("SELECT sum(passes) FROM pass_statistics_daily"))
        .containsExactly(Integer.toString(passes.size()));
  }

  @Test
  void timesAtTheNightOfAClockChangeTellWhichHourTheyMean() throws Exception {
    tables.execute(
        "INSERT INTO locations (name, type, timezone) VALUES ('Gate 0', 'Entry', 'Europe/London'),"
            + " ('Gate 1', 'Entry', 'America/St_Johns')");
    List<VehiclePass> passes = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      for (int gate = 0; gate < 2; gate++) {
        passes.add(
            TestPasses.pass(
                "t%d-%d".formatted(gate, i),
                "cam-1",
                "Gate " + gate,
                GateType.ENTRY,
                java.time.Instant.parse("2026-10-25T00:30:00Z").plusSeconds(i * 3600L),
                TestPasses.car(),
                null,
                null));
      }
    }
    try (TestTable<VehiclePass> writer = TestTable.passes(postgres)) {
      writer.write(passes);
    }

    assertThat(
            tables.rows(
                "SELECT pass_key, local_timestamp, local_first_seen, local_last_seen"
                    + " FROM passes_flat ORDER BY 1"))
        .containsExactly(
            "t0-0|2026-10-25T01:30:00+01:00|2026-10-25T01:29:59+01:00|2026-10-25T01:30:01+01:00",
            "t0-1|2026-10-25T01:30:00+00:00|2026-10-25T01:29:59+00:00|2026-10-25T01:30:01+00:00",
            "t1-0|2026-10-24T22:00:00-02:30|2026-10-24T21:59:59-02:30|2026-10-24T22:00:01-02:30",
            "t1-1|2026-10-24T23:00:00-02:30|2026-10-24T22:59:59-02:30|2026-10-24T23:00:01-02:30");
    assertThat(
            tables.rows(
                "SELECT timestamp = local_timestamp::timestamptz FROM passes_flat GROUP BY 1"))
        .containsExactly("t");
  }

  private static VehiclePass withEndlessPlate(VehiclePass pass) {
    return TestPasses.pass(
        pass.passId(),
        pass.cameraId(),
        "Gate 1",
        GateType.ENTRY,
        NOON,
        null,
        plate("B" + "1".repeat(90)),
        null);
  }

  private static VehiclePass randomPass(Random random, String id) {
    PassVehicle vehicle =
        random.nextInt(10) == 0
            ? null
            : TestPasses.vehicle(random.nextBoolean() ? "car" : "motorcycle");
    PassPlate plate =
        vehicle != null && random.nextInt(5) == 0
            ? null
            : TestPasses.plate(
                random.nextInt(6) == 0 ? "" : "B " + random.nextInt(50) + " X",
                random.nextInt(4) == 0 ? null : random.nextBoolean() ? "private" : "public",
                random.nextInt(4) == 0 ? null : random.nextBoolean() ? "B" : "D",
                null);
    return TestPasses.pass(
        id,
        "cam-" + random.nextInt(4),
        "Gate " + random.nextInt(3),
        GateType.values()[random.nextInt(2)],
        NOON.plusSeconds(random.nextInt(3 * 24 * 3600)),
        vehicle,
        plate,
        plate != null && random.nextInt(5) == 0 ? TestPasses.blacklisted("B1X") : null);
  }
}
