package io.plateflow.clients.embedded;

import io.plateflow.clients.ClientException;
import io.plateflow.clients.postgres.PostgresConfig;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Postgres of this machine, in a process of its own that ends with {@link #close()}. Listens on
 * the loopback address only and trusts who connects there.
 */
public final class EmbeddedPostgresServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgresServer.class);
  private static final String SERVICE = "postgres";
  private static final String USER = "postgres";
  private static final String DATABASE = "plateflow";
  private static final String PID_FILE = "postmaster.pid";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final EmbeddedPostgres server;
  private final DataFolder folder;
  private final ServerGuard guard;

  private EmbeddedPostgresServer(EmbeddedPostgres server, DataFolder folder, ServerGuard guard) {
    this.server = server;
    this.folder = folder;
    this.guard = guard;
  }

  /**
   * Starts it and creates its database where there is none.
   *
   * @param port 0 takes any free one
   * @param dataFolder keeps the data from run to run; null for a temporary one
   */
  public static EmbeddedPostgresServer start(int port, Path dataFolder) {
    DataFolder folder = DataFolder.open(dataFolder, SERVICE);
    try {
      // First: it may be what holds the port.
      stopLeftover(folder.files());
      int claimed = LocalPort.claim(port, "Postgres");
      EmbeddedPostgres server =
          EmbeddedPostgres.builder()
              .setPort(claimed)
              .setDataDirectory(folder.files())
              .setCleanDataDirectory(false)
              // Whoever started it ends it, after the last row is written.
              .setRegisterShutdownHook(false)
              .setPGStartupWait(PATIENCE)
              .setServerConfig("listen_addresses", "127.0.0.1")
              .setServerConfig("shared_buffers", "64MB")
              .setServerConfig("max_connections", "100")
              .setServerConfig("synchronous_commit", "on")
              .start();
      createDatabase(server);
      return new EmbeddedPostgresServer(
          server, folder, ServerGuard.over(folder.files().resolve(PID_FILE)));
    } catch (IOException | SQLException e) {
      closeQuietly(folder);
      throw new ClientException(
          "Cannot start the embedded Postgres: port=%d folder=%s".formatted(port, folder.files()),
          e);
    } catch (RuntimeException e) {
      closeQuietly(folder);
      throw e;
    }
  }

  public int port() {
    return server.getPort();
  }

  /** How its database is reached. */
  public PostgresConfig options() {
    return PostgresConfig.of(
        "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port(), DATABASE), USER, null);
  }

  @Override
  public void close() {
    guard.close();
    try {
      server.close();
      folder.close();
    } catch (IOException e) {
      throw new ClientException("Cannot stop the embedded Postgres: port=" + port(), e);
    }
  }

  private static void createDatabase(EmbeddedPostgres server) throws SQLException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      boolean present;
      try (ResultSet found =
          statement.executeQuery(
              "SELECT 1 FROM pg_database WHERE datname = '%s'".formatted(DATABASE))) {
        present = found.next();
      }
      if (!present) {
        statement.execute("CREATE DATABASE " + DATABASE);
      }
    }
  }

  /**
   * A process that was killed leaves its server running, or, when the machine went down, a pid file
   * behind, whose number may belong to anybody by now. The folder's lock is ours, so neither is in
   * use.
   */
  private static void stopLeftover(Path files) throws IOException {
    Path pidFile = files.resolve(PID_FILE);
    if (!Files.exists(pidFile)) {
      return;
    }
    String first = Files.readAllLines(pidFile).stream().findFirst().orElse("").strip();
    if (first.matches("\\d{1,18}")) {
      Optional<ProcessHandle> named = ProcessHandle.of(Long.parseLong(first));
      if (named.isEmpty()) {
        // The server was killed. Its children may outlive it for a moment and write on; Postgres
        // finds that out by this file, and does not start while it is so.
        return;
      }
      if (isServerOf(files, named.get())) {
        stop(named.get(), files);
      }
    }
    Files.deleteIfExists(pidFile);
  }

  private static void stop(ProcessHandle leftover, Path files) {
    LOG.info("Stopping the Postgres that an earlier run left behind: pid={}", leftover.pid());
    leftover.destroy();
    try {
      leftover.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClientException("Interrupted while stopping an earlier Postgres", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new ClientException(
          "An earlier Postgres does not stop: pid=%d folder=%s".formatted(leftover.pid(), files),
          e);
    }
  }

  private static boolean isServerOf(Path files, ProcessHandle process) {
    return process
        .info()
        .commandLine()
        .map(line -> line.contains("postgres") && line.contains(files.toString()))
        .orElse(false);
  }

  private static void closeQuietly(DataFolder folder) {
    try {
      folder.close();
    } catch (IOException e) {
      LOG.warn("Cannot let go of the data folder {}", folder.files(), e);
    }
  }
}
