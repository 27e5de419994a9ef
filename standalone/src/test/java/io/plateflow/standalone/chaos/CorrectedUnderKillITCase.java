package io.plateflow.standalone.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.clients.camera.testing.FreePort;
import io.plateflow.clients.corrections.CorrectionProducer;
import io.plateflow.clients.embedded.EmbeddedPostgresServer;
import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.schemas.corrections.Correction;
import io.plateflow.schemas.corrections.CorrectionKind;
import io.plateflow.standalone.StandaloneCommand;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a person corrects while the films play is still so after a kill and a replay of the films.
 */
class CorrectedUnderKillITCase {

  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final String SERVER_START = "SELECT pg_postmaster_start_time()";

  private static final String READ_AT_GATES =
      "SELECT pass_key FROM passes_flat WHERE plate_text IS NOT NULL ORDER BY timestamp, pass_key";

  @TempDir private Path folder;
  private PostgresConfig postgres;

  @Test
  void staysAsItWasCorrected() throws Exception {
    int postgresPort = FreePort.find();
    int kafkaPort = FreePort.find();
    Path data = folder.resolve("data");
    try (ClusterProcess plateflow = process(data, postgresPort, kafkaPort)) {
      plateflow.start();
      Waiting.until(
          "two plates are read", PATIENCE, () -> readMoreThan(1, List.of(), data, postgresPort));
      List<String> passes = reads();
      try (CorrectionProducer corrections =
          new CorrectionProducer(KafkaConfig.DEFAULT.at("127.0.0.1:" + kafkaPort))) {
        corrections.put(correction("c1", CorrectionKind.PLATE, passes.get(0), "Z 999 ZZ"));
        corrections.put(correction("c2", CorrectionKind.DELETE, passes.get(1), null));
      }
      Waiting.until(
          "the corrections are applied",
          PATIENCE,
          () -> query("SELECT 1 FROM corrections WHERE applied_at IS NOT NULL").size() == 2);
      List<String> corrected = corrected();
      assertThat(corrected).hasSize(1);
      assertThat(corrected.get(0)).startsWith(passes.get(0) + "|Z999ZZ|");
      int before = reads().size();
      List<String> killed = query(SERVER_START);

      plateflow.kill();
      plateflow.start();

      // The killed server of Postgres may answer for a while yet.
      Waiting.until(
          "the films play on", PATIENCE, () -> readMoreThan(before, killed, data, postgresPort));
      assertThat(corrected()).isEqualTo(corrected);
      assertThat(query("SELECT pass_key FROM detection_sessions")).doesNotContain(passes.get(1));
      assertThat(
              query(
                  "SELECT count(*) FROM parking_sessions WHERE '%s' IN (entry_pass_key, exit_pass_key)"
                      .formatted(passes.get(1))))
          .containsExactly("0");
      assertThat(
              query(
                  "SELECT DISTINCT concat_ws('|', plate_text, exit_plate_text) FROM parking_sessions"
                      + " WHERE '%s' IN (entry_pass_key, exit_pass_key)".formatted(passes.get(0))))
          .allSatisfy(plates -> assertThat(plates).contains("Z999ZZ"));
      assertThat(
              query(
                  "SELECT (SELECT count(*) FROM detection_sessions)"
                      + " = (SELECT sum(passes) FROM pass_statistics_hourly)"))
          .containsExactly("t");
    }
  }

  private ClusterProcess process(Path data, int postgresPort, int kafkaPort) {
    return new ClusterProcess(
        "plateflow",
        folder.resolve("plateflow.log"),
        Map.of(),
        List.of("-Xmx1g", "-Dplateflow.demo=" + Path.of("demo").toAbsolutePath()),
        Stream.of(
                StandaloneCommand.class.getName(),
                "--data-dir",
                data.toString(),
                "--postgres-port",
                Integer.toString(postgresPort),
                "--kafka-port",
                Integer.toString(kafkaPort),
                "--ui-port",
                "0",
                "--http-port",
                "off")
            .toArray(String[]::new));
  }

  /**
   * Whether a server other than that killed one has more passes read than that. While a server
   * starts or stops, and while the migrations make, drop and make views again, it cannot be asked:
   * then the answer is no.
   */
  private boolean readMoreThan(int passes, List<String> killed, Path data, int port) {
    try {
      postgres = EmbeddedPostgresServer.configOf(port, data.resolve("postgres"));
      return !query(SERVER_START).equals(killed) && reads().size() > passes;
    } catch (RuntimeException e) {
      return false;
    }
  }

  private List<String> reads() {
    return query(READ_AT_GATES);
  }

  private List<String> corrected() {
    return query(
        "SELECT concat_ws('|', pass_key, plate_text, read_text, plate_status) FROM passes_flat"
            + " WHERE corrected_at IS NOT NULL ORDER BY 1");
  }

  private List<String> query(String sql) {
    try (Connection connection =
            DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
        ResultSet rows = connection.createStatement().executeQuery(sql)) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(String.valueOf(rows.getString(1)));
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private static Correction correction(String id, CorrectionKind kind, String passId, String to) {
    return new Correction(
        id, kind, passId, null, to, null, null, null, null, null, Instant.now(), "ana", false);
  }
}
