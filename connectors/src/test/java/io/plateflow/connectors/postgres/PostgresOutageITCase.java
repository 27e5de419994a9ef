package io.plateflow.connectors.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plateflow.clients.ClientException;
import io.plateflow.clients.embedded.EmbeddedPostgresServer;
import io.plateflow.clients.postgres.DatabaseMigration;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.postgres.PostgresProbe;
import io.plateflow.clients.testing.TestPasses;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.pass.VehiclePass;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Postgres goes away in the middle and comes back. */
class PostgresOutageITCase {

  private static final int PASSES = 600;
  private static final int BEFORE_OUTAGE = 200;

  @RegisterExtension
  static final MiniClusterExtension FLINK =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  @TempDir Path folder;

  /** Lets the test stop the server while the job is in the middle of its stream. */
  private static volatile CountDownLatch middle;

  private static volatile CountDownLatch serverStopped;

  /** It waits for the server, or fails and starts again from its checkpoint until it is back. */
  @ParameterizedTest
  @ValueSource(strings = {"PT2M", "PT0S"})
  void jobLosesAndDoublesNothing(Duration retryFor) throws Exception {
    middle = new CountDownLatch(1);
    serverStopped = new CountDownLatch(1);
    PostgresConfig postgres;
    JobClient job;
    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(0, folder)) {
      postgres =
          server
              .config()
              .withBatchSize(20)
              .withFlushInterval(Duration.ofMillis(50))
              .withRetryFor(retryFor);
      DatabaseMigration.migrate(postgres);
      job = start(postgres);
      assertThat(middle.await(60, TimeUnit.SECONDS)).isTrue();
    }
    serverStopped.countDown();

    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(port(postgres), folder)) {
      job.getJobExecutionResult().get(90, TimeUnit.SECONDS);

      Tables tables = new Tables(server.config());
      List<String> expected = LongStream.range(0, PASSES).mapToObj("pass-%04d"::formatted).toList();
      assertThat(tables.rows("SELECT pass_key FROM detection_sessions ORDER BY 1"))
          .isEqualTo(expected);
      assertThat(tables.count("vehicles")).isEqualTo(PASSES);
      assertThat(tables.count("plates")).isEqualTo(PASSES);
      assertThat(tables.rows("SELECT sum(passes) FROM pass_statistics_hourly"))
          .containsExactly(Integer.toString(PASSES));
    }
  }

  /** A batch that meets a lost connection is written over a new one. */
  @Test
  void aBatchIsRepeatedOverANewConnection() throws Exception {
    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(0, folder)) {
      DatabaseMigration.migrate(server.config());
      Tables tables = new Tables(server.config());
      try (TestTable<VehiclePass> writer = TestTable.passes(server.config())) {
        writer.write(List.of(TestPasses.pass("p1")));
        tables.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
        writer.write(List.of(TestPasses.pass("p2")));
      }
      assertThat(tables.rows("SELECT pass_key FROM detection_sessions ORDER BY 1"))
          .containsExactly("p1", "p2");
    }
  }

  @Test
  void writerGivesUpWhenItStaysAway() throws Exception {
    PostgresConfig postgres;
    TestTable<VehiclePass> writer;
    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(0, folder)) {
      postgres = server.config().withRetryFor(Duration.ofMillis(300));
      DatabaseMigration.migrate(postgres);
      writer = TestTable.passes(postgres);
    }

    assertThatThrownBy(() -> writer.write(List.of(TestPasses.pass("p1"))))
        .isInstanceOf(IOException.class)
        .hasStackTraceContaining(
            "Postgres at 127.0.0.1:%d/plateflow does not answer: tried for 0 s, last: "
                .formatted(port(postgres)));
  }

  @Test
  void probeSaysWhichServiceAndWhereAndThenEnds() {
    PostgresConfig postgres;
    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(0, folder)) {
      postgres = server.config();
      PostgresProbe.awaitReachable(postgres, Duration.ofSeconds(10), said -> {});
    }
    List<String> said = new ArrayList<>();

    assertThatThrownBy(
            () -> PostgresProbe.awaitReachable(postgres, Duration.ofMillis(500), said::add))
        .isInstanceOf(ClientException.class)
        .hasMessageContaining(
            "Postgres at 127.0.0.1:%d/plateflow does not answer".formatted(port(postgres)));
    assertThat(said).hasSize(1);
    assertThat(said.get(0)).startsWith("Waiting up to 0 s for Postgres at 127.0.0.1:");
  }

  private static JobClient start(PostgresConfig postgres) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    env.setParallelism(1);
    env.enableCheckpointing(100);
    DataStream<VehiclePass> passes =
        env.fromSequence(0, PASSES - 1)
            .map(PostgresOutageITCase::passInTheMiddleOfWhichTheServerStops)
            .returns(VehiclePass.class);
    PassSink.create(postgres).append(passes, "passes", "Passes");
    return env.executeAsync();
  }

  private static VehiclePass passInTheMiddleOfWhichTheServerStops(long index)
      throws InterruptedException {
    if (index == BEFORE_OUTAGE) {
      middle.countDown();
      serverStopped.await();
    }
    return TestPasses.pass(
        "pass-%04d".formatted(index),
        "cam-1",
        "Gate 1",
        GateType.ENTRY,
        TestPasses.NOON.plusSeconds(index),
        TestPasses.car(),
        TestPasses.plate("B %d CD".formatted(index)),
        null);
  }

  private static int port(PostgresConfig postgres) {
    return Integer.parseInt(postgres.place().replaceFirst(".*:(\\d+)/.*", "$1"));
  }
}
