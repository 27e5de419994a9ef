package io.plateflow.connectors.postgres;

import static io.plateflow.clients.testing.TestPasses.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plateflow.clients.evidence.EvidenceCounts;
import io.plateflow.clients.evidence.EvidenceWriters;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.retention.RetentionConfig;
import io.plateflow.clients.retention.StorageWatch;
import io.plateflow.clients.testing.EmbeddedServices;
import io.plateflow.clients.testing.TestPasses;
import io.plateflow.connectors.evidence.EvidenceStore;
import io.plateflow.connectors.retention.RetentionSink;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.config.SpaceAmount;
import io.plateflow.schemas.pass.Evidence;
import io.plateflow.schemas.pass.VehiclePass;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A small disk that its own evidence fills, and then somebody else's file, while passes go on. */
@ExtendWith(EmbeddedServices.class)
@Timeout(120)
class FullDiskITCase {

  private static final int PASSES = 150;
  private static final int FULL_FROM = 80;
  private static final int FULL_UNTIL = 110;
  private static final byte[] PICTURE = new byte[100_000];

  @TempDir Path folder;
  private Path disk;
  private boolean mounted;
  private EvidenceStore store;
  private Tables tables;
  private final Counts counts = new Counts();
  private final Warnings warnings = new Warnings();

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    mounted = call("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk.toString()) == 0;
    assumeTrue(mounted, "needs a small disk: mounting a tmpfs takes root");
    store = new EvidenceStore(disk.resolve("evidence").toUri().toString());
    warnings.start();
    Configurator.setLevel(StorageWatch.class, Level.WARN);
    ((Logger) LogManager.getLogger(StorageWatch.class)).addAppender(warnings);
  }

  @AfterEach
  void unmount() throws Exception {
    ((Logger) LogManager.getLogger(StorageWatch.class)).removeAppender(warnings);
    if (mounted) {
      call("umount", "-l", disk.toString());
    }
  }

  private static int call(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  @Test
  void evidenceGoesAndEveryPassIsThere(PostgresConfig options) throws Exception {
    tables = new Tables(options);
    JobClient job = startJob(options);
    try (TestTable<VehiclePass> rows = TestTable.passes(options);
        EvidenceWriters writers = new EvidenceWriters(store, 1, 10, counts)) {
      Path foreign = disk.resolve("foreign");
      for (int number = 0; number < PASSES; number++) {
        VehiclePass pass = pass(number);
        writers.write(pass.evidence().framePath(), PICTURE);
        rows.write(List.of(pass));
        if (number == 0) {
          tables.execute("SELECT hold_pass('pass-0', 'accident', 'anna')");
        }
        if (number >= FULL_FROM && number < FULL_UNTIL) {
          fill(foreign);
        }
        if (number == FULL_UNTIL) {
          awaitRows("SELECT level FROM storage_state", "critical");
          Files.delete(foreign);
        }
        Thread.sleep(10);
      }
      writers.flush();
      awaitRows("SELECT count(*) FROM expired_evidence", "0");
      awaitRows("SELECT level FROM storage_state", "ok");
    } finally {
      job.cancel().get();
    }

    assertThat(tables.count("detection_sessions")).isEqualTo(PASSES);
    assertThat(warnings.told)
        .anyMatch(line -> line.contains("is getting full (critical)"))
        .hasSizeLessThan(3);
    assertThat(counts.outOfSpace).hasPositiveValue();
    assertThat(Path.of(URI.create(path(0)))).as("held").exists();
    assertThat(Path.of(URI.create(path(PASSES - 1)))).as("newest").exists();
    assertThat(store.space().freeShare()).isGreaterThanOrEqualTo(0.25);
    List<String> removed =
        tables.rows(
            "SELECT pass_key FROM passes_flat WHERE evidence_removed_reason = 'keep-free'"
                + " AND stored_original_path IS NULL ORDER BY session_id");
    assertThat(removed).contains("pass-1", "pass-50").doesNotContain("pass-0");
    for (String pass : removed) {
      String path = path(Integer.parseInt(pass.substring("pass-".length())));
      assertThat(Path.of(URI.create(path))).doesNotExist();
    }
  }

  private JobClient startJob(PostgresConfig options) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1);
    env.enableCheckpointing(100);
    env.fromSource(
            new DataGeneratorSource<>(
                tick -> tick, Long.MAX_VALUE, RateLimiterStrategy.perSecond(20), Types.LONG),
            WatermarkStrategy.noWatermarks(),
            "clock",
            Types.LONG)
        .sinkTo(
            new RetentionSink(
                new RetentionConfig(null, Duration.ofMillis(200), 50, SpaceAmount.parse("25%")),
                List::of,
                options,
                store));
    return env.executeAsync();
  }

  /** Takes all that is free. */
  private static void fill(Path file) {
    try (OutputStream out =
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (true) {
        out.write(new byte[4096]);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }

  private void awaitRows(String query, String wanted) throws InterruptedException {
    while (!tables.rows(query).equals(List.of(wanted))) {
      Thread.sleep(50);
    }
  }

  private VehiclePass pass(int number) {
    return TestPasses.pass(
            "pass-" + number,
            "cam-" + number % 3,
            "Gate",
            GateType.ENTRY,
            at(number),
            TestPasses.car(),
            TestPasses.plate("B 1234 CD"),
            null)
        .withEvidence(new Evidence(path(number), null, null));
  }

  private String path(int number) {
    return store.path("pass-" + number, at(number), "frame");
  }

  private static Instant at(int number) {
    return NOON.plusSeconds(number);
  }

  private static final class Counts implements EvidenceCounts {
    private final AtomicInteger outOfSpace = new AtomicInteger();

    @Override
    public void written(int bytes) {}

    @Override
    public void replaced() {}

    @Override
    public void retried() {}

    @Override
    public void failed() {}

    @Override
    public void outOfSpace() {
      outOfSpace.incrementAndGet();
    }

    @Override
    public void waited(long millis) {}
  }

  private static final class Warnings extends AbstractAppender {
    private final List<String> told = new CopyOnWriteArrayList<>();

    Warnings() {
      super("warnings", null, null, true, Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      if (event.getLevel() == Level.WARN) {
        told.add(event.getMessage().getFormattedMessage());
      }
    }
  }
}
