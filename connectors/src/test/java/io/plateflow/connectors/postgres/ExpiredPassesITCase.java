package io.plateflow.connectors.postgres;

import static io.plateflow.clients.testing.TestPasses.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.clients.camera.testing.TestCameras;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.postgres.PostgresExpiredRows;
import io.plateflow.clients.retention.RetentionConfig;
import io.plateflow.clients.testing.EmbeddedServices;
import io.plateflow.clients.testing.TestPasses;
import io.plateflow.connectors.evidence.EvidenceStore;
import io.plateflow.connectors.retention.RetentionSink;
import io.plateflow.schemas.camera.CameraDefinition;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.pass.VehiclePass;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Rows and pictures go when their time is up; the statistics stay. */
@ExtendWith(EmbeddedServices.class)
@Timeout(180)
class ExpiredPassesITCase {

  private static final String HOURS =
      "SELECT * FROM pass_statistics_hourly ORDER BY 1, 2, 3, 4, 5, 6, 7";
  private static final String DAYS =
      "SELECT * FROM pass_statistics_daily ORDER BY 1, 2, 3, 4, 5, 6";
  private static final String TOTAL = "SELECT sum(passes) FROM pass_statistics_daily";

  @TempDir Path folder;
  private PostgresConfig postgres;
  private Tables tables;

  @BeforeEach
  void open(PostgresConfig database) {
    postgres = database.withRetryFor(Duration.ofSeconds(20));
    tables = new Tables(postgres);
  }

  @Test
  void eachCameraHasItsOwnRetentionAndStatisticsStay() throws Exception {
    write(passes("cam-day", 50), passes("cam-month", 50), passes("cam-ever", 50));
    write(passes("cam-gone", 50));
    List<String> hours = tables.rows(HOURS);
    List<String> days = tables.rows(DAYS);
    noteCameras(
        camera("cam-day", Duration.ofDays(1)),
        camera("cam-month", Duration.ofDays(30)),
        camera("cam-ever", Duration.ZERO),
        camera("cam-other", null));

    // Two days later; passes are ten minutes apart, so the oldest eight hours and more are due.
    deleteAll("7 days", NOON.plus(Duration.ofDays(1)).plusSeconds(20 * 600 + 1));

    assertThat(left("cam-day")).isEqualTo(29);
    assertThat(left("cam-month")).isEqualTo(50);
    assertThat(left("cam-ever")).isEqualTo(50);
    assertThat(left("cam-gone")).isEqualTo(50);
    assertThat(tables.count("expired_passes")).isEqualTo(21);
    assertThat(tables.count("vehicles")).isEqualTo(179);
    assertThat(tables.count("plates")).isEqualTo(179);

    deleteAll("7 days", NOON.plus(Duration.ofDays(40)));
    assertThat(left("cam-day")).isZero();
    assertThat(left("cam-month")).isZero();
    assertThat(left("cam-ever")).isEqualTo(50);
    // By the default, since the catalogue does not know it.
    assertThat(left("cam-gone")).isZero();

    assertThat(tables.rows(HOURS)).isEqualTo(hours);
    assertThat(tables.rows(DAYS)).isEqualTo(days);
    PlateSearchITCase.assertPlatesAreCountedRight(tables);
    assertThat(tables.rows("SELECT text, passes FROM search_plates")).containsExactly("B1234CD|50");
    // A look of the camera and one of Gemini each.
    assertThat(tables.count("plate_reads")).isEqualTo(100);
  }

  @Test
  void withoutADefaultOnlyWhatACameraSaysExpires() throws Exception {
    write(passes("cam-a", 10));
    assertThat(delete(null, NOON.plus(Duration.ofDays(4000)), 100)).isZero();
    assertThat(left("cam-a")).isEqualTo(10);
  }

  @Test
  void aLatePassCountsInAnHourThatHasExpiredAndAReplayedOneDoesNotCountAgain() throws Exception {
    List<VehiclePass> old = passes("cam-a", 5);
    write(old);
    deleteAll("1 day", NOON.plus(Duration.ofDays(3)));
    assertThat(tables.rows(TOTAL)).containsExactly("5");

    write(old);
    assertThat(left("cam-a")).isZero();
    assertThat(tables.rows(TOTAL)).containsExactly("5");

    VehiclePass late = pass("late", "cam-a", NOON.plusSeconds(120));
    write(List.of(old.get(0), late));
    assertThat(left("cam-a")).isEqualTo(1);
    assertThat(tables.rows(TOTAL)).containsExactly("6");

    deleteAll("1 day", NOON.plus(Duration.ofDays(3)));
    assertThat(left("cam-a")).isZero();
    assertThat(tables.rows(TOTAL)).containsExactly("6");
  }

  @Test
  void anotherTimezoneCutsTheExpiredHoursAnewToo() throws Exception {
    write(passes("cam-a", 60));
    String recut = "UPDATE locations SET timezone = 'Asia/Kathmandu'";
    tables.execute(recut);
    List<String> hours = tables.rows(HOURS);
    List<String> days = tables.rows(DAYS);
    tables.execute("UPDATE locations SET timezone = 'UTC'");
    deleteAll("1 hour", NOON.plusSeconds(30 * 600));
    tables.execute(recut);

    assertThat(tables.count("detection_sessions")).isBetween(1L, 59L);
    assertThat(tables.rows(HOURS)).isEqualTo(hours);
    assertThat(tables.rows(DAYS)).isEqualTo(days);
  }

  @Test
  void nothingIsLostOrDoubledWhileOthersWriteAndCorrect() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    AtomicBoolean writing = new AtomicBoolean(true);
    long before = tables.deadlocks();
    try {
      List<Future<?>> writers = new ArrayList<>();
      for (int w = 0; w < 2; w++) {
        int number = w;
        writers.add(
            threads.submit(
                () -> {
                  Random random = new Random(number);
                  try (TestTable<VehiclePass> writer = TestTable.passes(postgres)) {
                    for (int batch = 0; batch < 60; batch++) {
                      List<VehiclePass> some = new ArrayList<>();
                      for (int i = 0; i < 10; i++) {
                        // Half of them again: replays, of passes that are deleted meanwhile too.
                        int id = random.nextInt(300);
                        some.removeIf(p -> p.passId().equals("w%d-%d".formatted(number, id)));
                        some.add(
                            pass(
                                "w%d-%d".formatted(number, id),
                                "cam-" + (id + number) % 3,
                                NOON.plusSeconds(id * 60L)));
                      }
                      writer.write(some);
                    }
                  }
                  return null;
                }));
      }
      Future<?> deleting =
          threads.submit(
              () -> {
                while (writing.get()) {
                  delete("1 hour", NOON.plusSeconds(3600 + 150 * 60), 7);
                }
              });
      for (Future<?> writer : writers) {
        writer.get();
      }
      writing.set(false);
      deleting.get();
    } finally {
      threads.shutdownNow();
    }
    deleteAll("1 hour", NOON.plusSeconds(3600 + 150 * 60));

    long expired = tables.count("expired_passes");
    assertThat(expired).isPositive();
    assertThat(tables.rows(TOTAL))
        .containsExactly(Long.toString(expired + tables.count("detection_sessions")));
    assertThat(tables.rows("SELECT sum(passes) FROM pass_statistics_hourly"))
        .isEqualTo(tables.rows(TOTAL));
    assertThat(tables.deadlocks()).isEqualTo(before);
    assertThat(tables.count("rejected_rows")).isZero();
  }

  @Test
  void theJobDeletesRowsAndPicturesAndNothingElse() throws Exception {
    EvidenceStore store = new EvidenceStore(folder.resolve("evidence").toUri().toString());
    Instant longAgo = Instant.now().minus(Duration.ofDays(50));
    String expired = store.path("old", longAgo, "frame");
    String young = store.path("new", Instant.now(), "frame");
    Path foreign = Files.createFile(folder.resolve("keep-me.jpg"));
    store.write(expired, new byte[] {1});
    store.write(young, new byte[] {1});
    write(
        List.of(
            pass("old", "cam-a", longAgo),
            pass("new", "cam-a", Instant.now()),
            pass("foreign", "cam-a", longAgo)));
    tables.execute("UPDATE vehicles SET vehicle_image_path = NULL");
    setFrame("old", expired);
    setFrame("new", young);
    setFrame("foreign", foreign.toUri().toString());

    JobClient job = startJob(store);
    try {
      while (tables.count("detection_sessions") > 1
          || tables.rows("SELECT path FROM expired_evidence WHERE tried_at IS NULL").size() > 0) {
        Thread.sleep(50);
      }
    } finally {
      job.cancel().get();
    }

    assertThat(tables.rows("SELECT pass_key FROM detection_sessions")).containsExactly("new");
    assertThat(Path.of(URI.create(expired))).doesNotExist();
    assertThat(Path.of(URI.create(young))).exists();
    assertThat(foreign).exists();
    assertThat(tables.rows("SELECT path FROM expired_evidence"))
        .containsExactly(foreign.toUri().toString());
  }

  private JobClient startJob(EvidenceStore store) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1);
    CameraDefinition camera = camera("cam-a", Duration.ofDays(30));
    env.enableCheckpointing(100);
    env.fromSource(
            new DataGeneratorSource<>(
                tick -> tick, Long.MAX_VALUE, RateLimiterStrategy.perSecond(50), Types.LONG),
            WatermarkStrategy.noWatermarks(),
            "clock",
            Types.LONG)
        .sinkTo(
            new RetentionSink(
                new RetentionConfig(null, Duration.ofMillis(100), 1, null),
                () -> List.of(camera),
                postgres,
                store));
    return env.executeAsync();
  }

  private void setFrame(String pass, String path) {
    tables.execute(
        "UPDATE detection_sessions SET stored_original_path = '%s' WHERE pass_key = '%s'"
            .formatted(path, pass));
  }

  @SafeVarargs
  private void write(List<VehiclePass>... batches) throws Exception {
    try (TestTable<VehiclePass> writer = TestTable.passes(postgres)) {
      for (List<VehiclePass> batch : batches) {
        writer.write(batch);
      }
    }
  }

  private void noteCameras(CameraDefinition... cameras) throws Exception {
    try (PostgresExpiredRows rows = new PostgresExpiredRows(postgres, null)) {
      rows.noteCameras(List.of(cameras));
    }
  }

  private void deleteAll(String keepByDefault, Instant at) {
    while (delete(keepByDefault, at, 7) > 0) {
      continue;
    }
  }

  private int delete(String keepByDefault, Instant at, int most) {
    return Integer.parseInt(
        tables
            .rows(
                "SELECT delete_expired_passes(%s::interval, %d, '%s')"
                    .formatted(
                        keepByDefault == null ? "NULL" : "'" + keepByDefault + "'", most, at))
            .get(0));
  }

  private long left(String camera) {
    return tables
        .rows("SELECT id FROM detection_sessions WHERE camera_id = '%s'".formatted(camera))
        .size();
  }

  /** Ten minutes apart. */
  private static List<VehiclePass> passes(String camera, int count) {
    List<VehiclePass> passes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      passes.add(pass("%s-%d".formatted(camera, i), camera, NOON.plusSeconds(i * 600L)));
    }
    return passes;
  }

  private static VehiclePass pass(String id, String camera, Instant at) {
    return TestPasses.pass(
        id,
        camera,
        "Gate of " + camera,
        GateType.ENTRY,
        at,
        TestPasses.car(),
        TestPasses.plate("B 1234 CD"),
        null);
  }

  private static CameraDefinition camera(String id, Duration retention) {
    return TestCameras.camera(id, id + ".mp4").withRetention(retention);
  }
}
