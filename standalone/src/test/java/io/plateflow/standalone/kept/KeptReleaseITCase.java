package io.plateflow.standalone.kept;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.clients.embedded.EmbeddedKafkaBroker;
import io.plateflow.clients.embedded.EmbeddedPostgresServer;
import io.plateflow.clients.kafka.TopicCreation;
import io.plateflow.clients.postgres.DatabaseMigration;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.search.PlateQuery;
import io.plateflow.clients.search.PlateSearch;
import io.plateflow.clients.search.SearchFilter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The tables and the savepoint that a release left behind in the middle of the bundled clips: both
 * are taken over, and all comes out as if it had run to the end.
 */
@Timeout(300)
class KeptReleaseITCase {

  private static final Path KEPT = Path.of("src/test/resources/kept");
  private static final Path MIGRATIONS = Path.of("../schemas/src/main/resources/db/migration");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final String ROWS =
      """
      SELECT concat_ws('|', s.id, s.pass_key, f.plate_text, f.vehicle_class, f.plate_status,
                       f.camera_id)
        FROM passes_flat f JOIN detection_sessions s ON s.id = f.session_id
       ORDER BY s.id
      """;
  private static final String VISITS =
      "SELECT concat_ws('|', visit_id, state, plate_text, duration) FROM parking_sessions"
          + " ORDER BY 1";
  private static final String ACCESS =
      "SELECT concat_ws('|', access_id, outcome, reason) FROM access_events ORDER BY 1";

  @TempDir static Path folder;

  /** Writes the files of a release that are not there; see the README beside them. */
  @BeforeAll
  static void write() throws Exception {
    if (!Boolean.getBoolean("plateflow.write-state") || Files.exists(KEPT.resolve("v1"))) {
      return;
    }
    Path data = folder.resolve("write");
    try (EmbeddedPostgresServer postgres = EmbeddedPostgresServer.start(0, data.resolve("pg"));
        EmbeddedKafkaBroker kafka = EmbeddedKafkaBroker.start(0, data.resolve("kafka"))) {
      DatabaseMigration.migrate(postgres.config());
      TopicCreation.createMissing(kafka.config());
      KeptJob job = new KeptJob(postgres.config(), kafka.config(), data);
      job.fillTopics();
      JobClient running = job.start(false, null);
      await(postgres.config(), ROWS, 8);
      String savepoint =
          running
              .stopWithSavepoint(
                  false,
                  data.resolve("savepoints").toUri().toString(),
                  SavepointFormatType.CANONICAL)
              .get();
      FolderArchive.pack(Path.of(URI.create(savepoint)), KEPT.resolve("v1/savepoint.zip"));
      KeptDatabase.write(postgres.config(), MIGRATIONS, data.resolve("database"));
      FolderArchive.pack(data.resolve("database"), KEPT.resolve("v1/database.zip"));
    }
  }

  @Test
  void tablesAreMigratedAndTheSavepointGoesOnInThem() throws Exception {
    Path database = FolderArchive.unpack(KEPT.resolve("v1/database.zip"), folder.resolve("tables"));
    Path savepoint =
        FolderArchive.unpack(KEPT.resolve("v1/savepoint.zip"), folder.resolve("savepoint"));
    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(0, folder.resolve("pg"));
        EmbeddedKafkaBroker kafka = EmbeddedKafkaBroker.start(0, folder.resolve("kafka"))) {
      TopicCreation.createMissing(kafka.config());
      PostgresConfig again = migrated(server.config(), "again", database);
      List<String> kept = query(again, ROWS);
      assertThat(kept).hasSizeGreaterThanOrEqualTo(8);
      assertAgrees(again);
      assertFound(again, kept);

      KeptJob replay = new KeptJob(again, kafka.config(), folder.resolve("again"));
      replay.fillTopics();
      replay.start(true, null).getJobExecutionResult().get();
      List<String> all = query(again, ROWS);
      assertThat(all).as("a replay adds no row and changes none").containsAll(kept);
      assertThat(all).extracting(KeptReleaseITCase::plate).contains("B1876KJR", "D3582AHU");
      assertAgrees(again);

      PostgresConfig on = migrated(server.config(), "going_on", database);
      JobClient job = new KeptJob(on, kafka.config(), folder.resolve("on")).start(false, savepoint);
      await(on, ROWS, all.size());
      job.stopWithSavepoint(
              true, folder.resolve("end").toUri().toString(), SavepointFormatType.CANONICAL)
          .get();
      assertThat(query(on, ROWS))
          .containsAll(kept)
          .extracting(KeptReleaseITCase::withoutId)
          .containsExactlyInAnyOrderElementsOf(
              all.stream().map(KeptReleaseITCase::withoutId).toList());
      assertThat(query(on, VISITS)).isEqualTo(query(again, VISITS));
      assertThat(query(on, ACCESS)).isEqualTo(query(again, ACCESS));
      assertAgrees(on);
    }
  }

  private static PostgresConfig migrated(PostgresConfig server, String name, Path kept)
      throws Exception {
    try (Connection connection = KeptDatabase.connect(server);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    PostgresConfig place =
        server.at(
            server.jdbcUrl().replaceFirst("/[^/]*$", "/" + name), server.user(), server.password());
    KeptDatabase.load(kept, place);
    DatabaseMigration.migrate(place);
    return place;
  }

  /** Statistics are those of the rows. */
  private static void assertAgrees(PostgresConfig place) throws Exception {
    assertThat(query(place, "SELECT sum(passes)::bigint FROM pass_statistics_daily"))
        .isEqualTo(query(place, "SELECT count(*) FROM detection_sessions"));
  }

  private static void assertFound(PostgresConfig place, List<String> rows) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(place.jdbcUrl());
    source.setUser(place.user());
    source.setPassword(place.password());
    String plate = plate(rows.get(0));
    assertThat(
            new PlateSearch(source)
                .search(PlateQuery.of(PlateQuery.Kind.EXACT, plate), SearchFilter.NONE, null, 10)
                .hits())
        .isNotEmpty()
        .allSatisfy(hit -> assertThat(hit.plateText()).isEqualTo(plate));
  }

  /** New rows come in any order. */
  private static String withoutId(String row) {
    return row.substring(row.indexOf('|'));
  }

  private static String plate(String row) {
    return row.split("\\|")[2];
  }

  private static void await(PostgresConfig place, String sql, int rows) throws Exception {
    Instant end = Instant.now().plus(PATIENCE);
    while (query(place, sql).size() < rows) {
      assertThat(Instant.now()).as("rows are there in time").isBefore(end);
      Thread.sleep(100);
    }
  }

  private static List<String> query(PostgresConfig place, String sql) throws Exception {
    try (Connection connection = KeptDatabase.connect(place);
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      while (found.next()) {
        rows.add(found.getString(1));
      }
      return rows;
    }
  }
}
