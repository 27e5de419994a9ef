package io.plateflow.standalone.chaos;

import io.plateflow.clients.embedded.EmbeddedPostgresServer;
import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.clients.kafka.KafkaProbe;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.postgres.PostgresProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Kafka and Postgres, each in processes of its own that keep their port and their data when they
 * are killed and started again.
 */
final class Services implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final ClusterProcess kafka;
  private final ClusterProcess postgres;
  private final Path postgresFolder;
  private final KafkaConfig kafkaOptions;
  private final PostgresConfig postgresOptions;

  private Services(Path folder, Path logs, int kafkaPort, int postgresPort) {
    postgresFolder = folder.resolve("postgres");
    kafka =
        new ClusterProcess(
            "kafka",
            logs.resolve("kafka.log"),
            Map.of(),
            List.of("-Xmx192m"),
            BrokerMain.class.getName(),
            Integer.toString(kafkaPort),
            folder.resolve("kafka").toString());
    postgres =
        new ClusterProcess(
            "postgres",
            logs.resolve("postgres.log"),
            Map.of(),
            List.of("-Xmx64m"),
            DatabaseMain.class.getName(),
            Integer.toString(postgresPort),
            postgresFolder.toString());
    kafkaOptions = KafkaConfig.DEFAULT.at("127.0.0.1:" + kafkaPort);
    postgresOptions = EmbeddedPostgresServer.configOf(postgresPort, postgresFolder);
  }

  /**
   * Starts both, and with them two empty sets of data where the folder has none.
   *
   * @param folder for their data
   */
  static Services start(Path folder, Path logs, int kafkaPort, int postgresPort)
      throws IOException {
    Services services = new Services(folder, logs, kafkaPort, postgresPort);
    services.kafka.start();
    services.postgres.start();
    services.awaitReachable();
    return services;
  }

  KafkaConfig kafka() {
    return kafkaOptions;
  }

  PostgresConfig postgres() {
    return postgresOptions;
  }

  /** What configurations that name these services are filled from. */
  Map<String, String> environment() {
    return Map.of(Recordings.PASSWORD, postgresOptions.password());
  }

  List<ClusterProcess> processes() {
    return List.of(kafka, postgres);
  }

  ClusterProcess kafkaProcess() {
    return kafka;
  }

  void awaitReachable() {
    PostgresProbe.awaitReachable(postgresOptions, PATIENCE, said -> {});
    KafkaProbe.awaitReachable(kafkaOptions, PATIENCE, said -> {});
  }

  /** Kills the server itself, not only the process that waits for it. */
  void killPostgres() throws IOException, InterruptedException {
    Path pidFile = postgresFolder.resolve("data/postmaster.pid");
    Optional<ProcessHandle> server =
        ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile).get(0).strip()));
    server.ifPresent(ProcessHandle::destroyForcibly);
    postgres.kill();
  }

  /** Ends both; what they hold is no longer needed. */
  @Override
  public void close() throws IOException {
    kafka.close();
    if (postgres.isAlive()) {
      try {
        postgres.close();
        killPostgres();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
