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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Postgres of this machine, in a process of its own that ends with {@link #close()}. Listens on
 * the loopback address only and asks everybody for a password, which is made for the data folder
 * and kept in it.
 */
public final class EmbeddedPostgresServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgresServer.class);
  private static final String SERVICE = "postgres";
  private static final String DATABASE = "plateflow";
  private static final String PID_FILE = "postmaster.pid";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final EmbeddedPostgres server;
  private final DataFolder folder;
  private final ServerGuard guard;
  private final String password;

  private EmbeddedPostgresServer(
      EmbeddedPostgres server, DataFolder folder, ServerGuard guard, String password) {
    this.server = server;
    this.folder = folder;
    this.guard = guard;
    this.password = password;
  }

  /**
   * Starts it and creates its database where there is none.
   *
   * @param port 0 takes any free one
   * @param dataFolder keeps the data from run to run; null for a temporary one
   */
  public static EmbeddedPostgresServer start(int port, @Nullable Path dataFolder) {
    DataFolder folder = DataFolder.open(dataFolder, SERVICE);
    try {
      // First: it may be what holds the port.
      stopLeftover(folder.files());
      int claimed = LocalPort.claim(port, "Postgres");
      String password = ownerPassword(folder);
      EmbeddedPostgres server = launch(claimed, folder, password);
      try (Connection connection = server.getPostgresDatabase().getConnection()) {
        createDatabase(connection);
        PostgresRoles.provideReader(connection, DATABASE, folder.password("reader").readOrCreate());
      } catch (SQLException | RuntimeException e) {
        server.close();
        throw e;
      }
      return new EmbeddedPostgresServer(
          server, folder, ServerGuard.over(folder.files().resolve(PID_FILE)), password);
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
  public PostgresConfig config() {
    return config(port(), password);
  }

  /**
   * How the database of a server that another process of this user starts over the folder is
   * reached. May be asked before the start: the password is made by whoever needs it first.
   */
  public static PostgresConfig configOf(int port, Path dataFolder) {
    return config(port, DataFolder.password(dataFolder, "owner").readOrCreate());
  }

  private static PostgresConfig config(int port, String password) {
    return PostgresConfig.DEFAULT.at(
        "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, DATABASE),
        PostgresRoles.OWNER,
        password);
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

  private static EmbeddedPostgres launch(int port, DataFolder folder, String password)
      throws IOException {
    return EmbeddedPostgres.builder()
        .setPort(port)
        .setDataDirectory(folder.files())
        .setCleanDataDirectory(false)
        // Whoever started it ends it, after the last row is written.
        .setRegisterShutdownHook(false)
        .setPGStartupWait(PATIENCE)
        .setConnectConfig("password", password)
        // These go to initdb as they are, behind its "-A trust", so that no server ever trusts.
        .setLocaleConfig("auth-local", "scram-sha-256")
        .setLocaleConfig("auth-host", "scram-sha-256")
        .setLocaleConfig("pwfile", folder.password("owner").path().toString())
        .setServerConfig("listen_addresses", "127.0.0.1")
        // Else there is one in /tmp, where everybody sees it.
        .setServerConfig("unix_socket_directories", "")
        .setServerConfig("shared_buffers", "64MB")
        .setServerConfig("max_connections", "100")
        .setServerConfig("synchronous_commit", "on")
        .start();
  }

  /** Servers of earlier versions had no passwords and let every local user in: no longer. */
  private static String ownerPassword(DataFolder folder) throws IOException, SQLException {
    HostRules rules = new HostRules(folder.files().resolve("pg_hba.conf"));
    PasswordFile file = folder.password("owner");
    if (!rules.trust()) {
      if (Files.exists(rules.path()) && !file.exists()) {
        throw new ClientException(
            "Password of the embedded Postgres is missing: expected it in %s. Put the file back, or"
                    .formatted(file.path())
                + " put the line 'host all all 127.0.0.1/32 trust' first in %s: the next start makes"
                    .formatted(rules.path())
                + " a new password and takes the line out.");
      }
      return file.readOrCreate();
    }
    String password = file.readOrCreate();
    // On a port that nobody knows, for the moment that it takes.
    try (EmbeddedPostgres open = launch(LocalPort.claim(0, "Postgres"), folder, password);
        Connection connection = open.getPostgresDatabase().getConnection()) {
      PostgresRoles.setPassword(connection, PostgresRoles.OWNER, password);
    }
    rules.askForPasswords();
    return password;
  }

  private static void createDatabase(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
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
