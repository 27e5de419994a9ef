package io.plateflow.clients.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plateflow.clients.ClientException;
import io.plateflow.clients.postgres.DatabaseMigration;
import io.plateflow.clients.postgres.PostgresConfig;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresServerITCase {

  @TempDir Path folder;

  @Test
  void keepsItsDataFromRunToRun() throws Exception {
    int port;
    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(0, folder)) {
      port = server.port();
      assertThat(DatabaseMigration.migrate(server.config())).isPositive();
      addLocation(server.config());
      assertThatThrownBy(() -> EmbeddedPostgresServer.start(server.port(), null))
          .isInstanceOf(ClientException.class)
          .hasMessageContaining("Port %d is taken".formatted(port))
          .hasMessageContaining("Postgres");
      assertThatThrownBy(() -> EmbeddedPostgresServer.start(0, folder))
          .isInstanceOf(ClientException.class)
          .hasMessageContaining("Data folder in use");
    }

    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(port, folder)) {
      assertThat(DatabaseMigration.migrate(server.config())).isZero();
      assertThat(locations(server.config())).isEqualTo(1);
    }
  }

  @Test
  void startsOverAPidFileThatNamesAStrangersProcess() throws Exception {
    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(0, folder)) {
      DatabaseMigration.migrate(server.config());
      addLocation(server.config());
    }
    Path data = folder.resolve("data");
    Process stranger = new ProcessBuilder("sleep", "600").start();
    try {
      Files.write(
          data.resolve("postmaster.pid"),
          List.of(Long.toString(stranger.pid()), data.toString(), "0", "1"));

      try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(0, folder)) {
        assertThat(locations(server.config())).isEqualTo(1);
      }
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroy();
    }
  }

  @Test
  void letsNobodyInWithoutAPassword() throws Exception {
    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(0, folder)) {
      PostgresConfig owner = server.config();
      assertThat(owner.password()).hasSizeGreaterThan(30);
      assertThat(EmbeddedPostgresServer.configOf(server.port(), folder)).isEqualTo(owner);
      for (String role : List.of("postgres", "plateflow_reader")) {
        assertRefused(owner.jdbcUrl(), role, null);
        assertRefused(owner.jdbcUrl(), role, "postgres");
        assertRefused(owner.jdbcUrl().replaceFirst("/plateflow$", "/postgres"), role, "");
      }
      assertThat(query(owner, "SELECT DISTINCT auth_method FROM pg_hba_file_rules"))
          .containsExactly("scram-sha-256");
      assertThat(query(owner, "SHOW unix_socket_directories")).containsExactly("");
      assertThat(query(owner, "SELECT rolname FROM pg_authid WHERE rolpassword LIKE 'SCRAM%'"))
          .containsExactlyInAnyOrder("postgres", "plateflow_reader");
    }
    for (String file : List.of("owner.password", "reader.password")) {
      assertThat(Files.getPosixFilePermissions(folder.resolve(file)))
          .as(file)
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
  }

  @Test
  void readerReadsEverythingButCredentialsAndChangesNothing() throws Exception {
    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(0, folder)) {
      PostgresConfig owner = server.config();
      DatabaseMigration.migrate(owner);
      addLocation(owner);
      execute(owner, "CREATE TABLE later (id int)", "CREATE VIEW later_view AS TABLE later");
      PostgresConfig reader = reader(server);

      for (String relation :
          query(
              owner,
              "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
                  + " AND relkind IN ('r', 'v') AND relname NOT IN"
                  + " ('api_users', 'api_tokens', 'webhooks', 'webhook_deliveries')")) {
        assertThat(query(reader, "SELECT count(*) FROM " + relation)).as(relation).hasSize(1);
      }
      assertThat(query(reader, "SELECT name FROM locations")).containsExactly("Gate 1");
      assertThat(query(reader, "SHOW default_transaction_read_only")).containsExactly("on");
      for (String change :
          List.of(
              "SELECT * FROM api_users",
              "SELECT * FROM api_tokens",
              "SELECT * FROM webhooks",
              "SELECT * FROM webhook_deliveries",
              "INSERT INTO locations (name, type) VALUES ('Gate 2', 'Exit')",
              "UPDATE locations SET name = 'x'",
              "DELETE FROM locations",
              "TRUNCATE locations",
              "DROP TABLE later",
              "CREATE TABLE mine (id int)",
              "CREATE TEMPORARY TABLE mine (id int)",
              "CREATE SCHEMA mine",
              "CREATE ROLE mine",
              "SELECT delete_expired_passes('0 s', 10)",
              "COPY locations TO PROGRAM 'cat'",
              "SELECT pg_read_file('PG_VERSION')")) {
        assertThatThrownBy(() -> execute(reader, change))
            .as(change)
            .isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> execute(reader, "SET default_transaction_read_only = off", change))
            .as("unlocked: " + change)
            .isInstanceOfSatisfying(
                SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
      }
    }
  }

  /** As on a cluster whose administrator gave the job a database and nothing else. */
  @Test
  void migratesAsAnOwnerWhoMayNotMakeRoles() throws Exception {
    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(0, folder)) {
      PostgresConfig owner = server.config();
      execute(
          owner,
          "DROP ROLE plateflow_reader",
          "DROP ROLE plateflow_analyst",
          "CREATE ROLE job LOGIN PASSWORD 'of-the-test'",
          "CREATE DATABASE of_the_job OWNER job");
      PostgresConfig job =
          PostgresConfig.DEFAULT.at(
              owner.jdbcUrl().replaceFirst("/plateflow$", "/of_the_job"), "job", "of-the-test");
      assertThat(DatabaseMigration.migrate(job)).isPositive();
      addLocation(job);
      assertThat(query(job, "SELECT 1 FROM pg_roles WHERE rolname = 'plateflow_analyst'"))
          .isEmpty();
    }
  }

  @Test
  void opensAFolderOfAnEarlierVersionThatTrustedEverybody() throws Exception {
    Files.createDirectories(folder);
    try (EmbeddedPostgres before =
            EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("data"))
                .setCleanDataDirectory(false)
                .start();
        Connection connection = before.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE plateflow");
      PostgresConfig trusted =
          PostgresConfig.DEFAULT.at(before.getJdbcUrl("postgres", "plateflow"), "postgres", null);
      DatabaseMigration.migrate(trusted);
      addLocation(trusted);
    }

    for (int run = 0; run < 2; run++) {
      try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(0, folder)) {
        assertRefused(server.config().jdbcUrl(), "postgres", null);
        assertThat(locations(server.config())).isEqualTo(1);
        DatabaseMigration.migrate(server.config());
        assertThat(query(reader(server), "SELECT name FROM locations")).containsExactly("Gate 1");
      }
    }

    Files.delete(folder.resolve("owner.password"));
    assertThatThrownBy(() -> EmbeddedPostgresServer.start(0, folder))
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("owner.password")
        .hasMessageContaining("pg_hba.conf");
    Path rules = folder.resolve("data/pg_hba.conf");
    Files.writeString(rules, "host all all 127.0.0.1/32 trust\n" + Files.readString(rules));
    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(0, folder)) {
      assertRefused(server.config().jdbcUrl(), "postgres", null);
      assertThat(locations(server.config())).isEqualTo(1);
    }
  }

  /** A process of its own starts a server and is killed; then the next run takes over. */
  @Test
  void serverEndsWithAProcessThatIsKilledAndTheNextRunStarts() throws Exception {
    Process killed =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                StartAndWait.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(killed.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(said.lines().anyMatch(line -> line.startsWith(StartAndWait.STARTED))).isTrue();
    }
    long server =
        Long.parseLong(Files.readAllLines(folder.resolve("data/postmaster.pid")).get(0).strip());
    assertThat(ProcessHandle.of(server)).isPresent();

    ProcessHandle guard =
        killed
            .children()
            .filter(child -> child.info().commandLine().orElse("").contains("postgres-guard"))
            .findAny()
            .orElseThrow();

    killed.destroyForcibly().waitFor();
    try (EmbeddedPostgresServer next = EmbeddedPostgresServer.start(0, folder)) {
      assertThat(ProcessHandle.of(server).filter(ProcessHandle::isAlive)).isEmpty();
      // What the killed process left to watch its server must not stop this one.
      guard.onExit().get(30, TimeUnit.SECONDS);
      assertThat(DatabaseMigration.migrate(next.config())).isPositive();
    }
  }

  /** The other process of that test. */
  static final class StartAndWait {
    static final String STARTED = "started";

    public static void main(String[] arguments) throws InterruptedException {
      EmbeddedPostgresServer.start(0, Path.of(arguments[0]));
      System.out.println(STARTED);
      System.out.close();
      Thread.currentThread().join();
    }
  }

  private static void addLocation(PostgresConfig config) throws SQLException {
    try (Connection connection = connect(config);
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO locations (name, type) VALUES ('Gate 1', 'Entry')");
    }
  }

  private static long locations(PostgresConfig config) throws SQLException {
    try (Connection connection = connect(config);
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("SELECT count(*) FROM locations")) {
      found.next();
      return found.getLong(1);
    }
  }

  private PostgresConfig reader(EmbeddedPostgresServer server) throws IOException {
    return PostgresConfig.DEFAULT.at(
        server.config().jdbcUrl(),
        "plateflow_reader",
        Files.readString(folder.resolve("reader.password")).strip());
  }

  private static void assertRefused(String url, String user, String password) {
    assertThatThrownBy(() -> DriverManager.getConnection(url, user, password))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("password");
  }

  private static void execute(PostgresConfig config, String... statements) throws SQLException {
    try (Connection connection = connect(config);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static List<String> query(PostgresConfig config, String sql) throws SQLException {
    try (Connection connection = connect(config);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> out = new ArrayList<>();
      while (rows.next()) {
        out.add(rows.getString(1));
      }
      return out;
    }
  }

  private static Connection connect(PostgresConfig config) throws SQLException {
    return DriverManager.getConnection(config.jdbcUrl(), config.user(), config.password());
  }
}
