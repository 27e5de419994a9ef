package io.plateflow.clients.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plateflow.clients.ClientException;
import io.plateflow.clients.postgres.DatabaseMigration;
import io.plateflow.clients.postgres.PostgresConfig;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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
      assertThat(DatabaseMigration.migrate(server.options())).isPositive();
      addLocation(server.options());
      assertThatThrownBy(() -> EmbeddedPostgresServer.start(server.port(), null))
          .isInstanceOf(ClientException.class)
          .hasMessageContaining("Port %d is taken".formatted(port))
          .hasMessageContaining("Postgres");
      assertThatThrownBy(() -> EmbeddedPostgresServer.start(0, folder))
          .isInstanceOf(ClientException.class)
          .hasMessageContaining("Data folder in use");
    }

    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(port, folder)) {
      assertThat(DatabaseMigration.migrate(server.options())).isZero();
      assertThat(locations(server.options())).isEqualTo(1);
    }
  }

  @Test
  void startsOverAPidFileThatNamesAStrangersProcess() throws Exception {
    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(0, folder)) {
      DatabaseMigration.migrate(server.options());
      addLocation(server.options());
    }
    Path data = folder.resolve("data");
    Files.write(
        data.resolve("postmaster.pid"),
        List.of(Long.toString(ProcessHandle.current().pid()), data.toString(), "0", "1"));

    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(0, folder)) {
      assertThat(locations(server.options())).isEqualTo(1);
    }
    assertThat(ProcessHandle.current().isAlive()).isTrue();
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
      assertThat(DatabaseMigration.migrate(next.options())).isPositive();
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

  private static void addLocation(PostgresConfig options) throws SQLException {
    try (Connection connection = connect(options);
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO locations (name, type) VALUES ('Gate 1', 'Entry')");
    }
  }

  private static long locations(PostgresConfig options) throws SQLException {
    try (Connection connection = connect(options);
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("SELECT count(*) FROM locations")) {
      found.next();
      return found.getLong(1);
    }
  }

  private static Connection connect(PostgresConfig options) throws SQLException {
    return DriverManager.getConnection(options.jdbcUrl(), options.user(), null);
  }
}
