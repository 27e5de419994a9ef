package io.plateflow.standalone.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.plateflow.clients.embedded.EmbeddedPostgresServer;
import io.plateflow.clients.postgres.DatabaseMigration;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.search.PlateQuery;
import io.plateflow.clients.search.PlateQuery.Kind;
import io.plateflow.clients.search.PlateSearch;
import io.plateflow.clients.search.SearchFilter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Measures tables with a long history: how fast they are written and searched. */
final class TablesBench {

  private static final int PAGE = 50;
  private static final int WARM_RUNS = 11;
  private static final int SAMPLE = 5_000;

  private final PrintStream out;
  private final Path folder;
  private final long passes;

  /**
   * @param folder keeps the tables from call to call
   */
  TablesBench(PrintStream out, Path folder, long passes) {
    this.out = out;
    this.folder = folder;
    this.passes = passes;
  }

  /** One search that is timed. */
  private record Search(PlateQuery query, SearchFilter filter) {}

  void run() throws Exception {
    Map<String, Search> searches;
    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(0, folder)) {
      DatabaseMigration.migrate(server.config());
      try (Connection connection = connect(server.config())) {
        long there = number(connection, "SELECT count(*) FROM detection_sessions");
        if (there == 0) {
          fill(server.config(), connection);
        } else if (there != passes) {
          throw new IllegalStateException(
              "%s: found %,d passes, expected %,d; name another folder, or delete this one"
                  .formatted(folder, there, passes));
        }
        sizes(connection);
        new InsertTimings(out, connection, passes).run(SAMPLE);
        searches = searches(connection);
      }
      // Once unmeasured: what the virtual machine loads and compiles is no matter of the tables.
      try (HikariDataSource database = pool(server.config())) {
        PlateSearch plates = new PlateSearch(database);
        searches.values().forEach(one -> plates.search(one.query(), one.filter(), null, PAGE));
      }
    }
    out.printf("%-44s %8s %8s %8s %6s%n", "first page of 50", "cold ms", "warm ms", "most", "hits");
    for (Map.Entry<String, Search> one : searches.entrySet()) {
      time(one.getKey(), one.getValue());
    }
  }

  private void fill(PostgresConfig server, Connection connection) throws Exception {
    set(connection, "max_wal_size", "'8GB'");
    set(connection, "checkpoint_timeout", "'30min'");
    new TablesFill(out, server, connection).fill(passes);
    try (Statement statement = connection.createStatement()) {
      statement.execute("ALTER SYSTEM RESET ALL");
      statement.execute("SELECT pg_reload_conf()");
    }
  }

  private static void set(Connection connection, String name, String value) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("ALTER SYSTEM SET %s = %s".formatted(name, value));
      statement.execute("SELECT pg_reload_conf()");
    }
  }

  private void sizes(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT relname, reltuples::bigint, pg_size_pretty(pg_table_size(oid)),"
                    + " pg_size_pretty(pg_indexes_size(oid)) FROM pg_class WHERE relkind = 'r' AND"
                    + " relnamespace = 'public'::regnamespace AND reltuples > 1000 ORDER BY"
                    + " pg_total_relation_size(oid) DESC")) {
      out.printf("%-24s %14s %10s %10s%n", "table", "rows", "table", "indexes");
      while (rows.next()) {
        out.printf(
            "%-24s %,14d %10s %10s%n",
            rows.getString(1), rows.getLong(2), rows.getString(3), rows.getString(4));
      }
    }
  }

  private Map<String, Search> searches(Connection connection) throws SQLException {
    String often =
        text(connection, "SELECT text FROM search_plates ORDER BY passes DESC, text LIMIT 1");
    String once = text(connection, "SELECT text FROM search_plates WHERE passes = 1 LIMIT 1");
    Instant summer = Instant.parse("2026-06-01T00:00:00Z");
    SearchFilter none = SearchFilter.NONE;
    SearchFilter camera = none.withCameraId("cam-150");
    Map<String, Search> searches = new LinkedHashMap<>();
    add(searches, "seen often", Kind.EXACT, often, none);
    add(searches, "seen once", Kind.EXACT, once, none);
    add(searches, "seen often, one camera", Kind.EXACT, often, camera);
    add(searches, "prefix", Kind.PATTERN, "AB12*", none);
    add(searches, "ending", Kind.PATTERN, "*XYZ", none);
    add(searches, "short runs", Kind.PATTERN, "B?1*", none);
    add(searches, "short runs, one camera", Kind.PATTERN, "B?1*", camera);
    add(searches, "short runs, listed", Kind.PATTERN, "B?1*", none.withPlateStatus("blacklist"));
    add(searches, "short runs, rare", Kind.PATTERN, "L?7?3Q*", none);
    add(searches, "short runs, nothing", Kind.PATTERN, "Q?7?3Q*", none);
    add(searches, "part", Kind.SUBSTRING, "1234", none);
    add(
        searches,
        "part, trucks before June",
        Kind.SUBSTRING,
        "1234",
        none.withVehicleClass("truck").withTo(summer));
    add(searches, "part, one location", Kind.SUBSTRING, "234X", none.withLocation("Gate 150"));
    add(searches, "look-alike", Kind.LOOK_ALIKE, often, none);
    add(searches, "look-alike of a rare one", Kind.LOOK_ALIKE, once, none);
    return searches;
  }

  private static void add(
      Map<String, Search> searches, String name, Kind kind, String text, SearchFilter filter) {
    searches.put("%s (%s)".formatted(name, text), new Search(PlateQuery.of(kind, text), filter));
  }

  /** Cold: the server has just started, and the system has forgotten its files. */
  private void time(String name, Search search) throws Exception {
    forgetFiles();
    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(0, folder);
        HikariDataSource database = pool(server.config())) {
      // A service has its connection long before somebody searches.
      try (Connection connection = database.getConnection()) {
        number(connection, "SELECT 1");
      }
      PlateSearch plates = new PlateSearch(database);
      int hits = 0;
      double[] millis = new double[1 + WARM_RUNS];
      for (int run = 0; run < millis.length; run++) {
        long begun = System.nanoTime();
        hits = plates.search(search.query(), search.filter(), null, PAGE).hits().size();
        millis[run] = (System.nanoTime() - begun) / 1e6;
      }
      double[] warm = Arrays.copyOfRange(millis, 1, millis.length);
      Arrays.sort(warm);
      out.printf(
          "%-44s %8.1f %8.1f %8.1f %6d%n",
          name, millis[0], warm[warm.length / 2], warm[warm.length - 1], hits);
    }
  }

  private static HikariDataSource pool(PostgresConfig options) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(options.jdbcUrl());
    config.setUsername(options.user());
    config.setPassword(options.password());
    config.setMaximumPoolSize(1);
    return new HikariDataSource(config);
  }

  private void forgetFiles() throws IOException, InterruptedException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> all = files.filter(Files::isRegularFile).toList();
      for (Path file : all) {
        new ProcessBuilder("dd", "if=" + file, "iflag=nocache", "count=0", "status=none")
            .inheritIO()
            .start()
            .waitFor();
      }
    }
  }

  private static Connection connect(PostgresConfig options) throws SQLException {
    return DriverManager.getConnection(options.jdbcUrl(), options.user(), options.password());
  }

  private static long number(Connection connection, String query) throws SQLException {
    return Long.parseLong(text(connection, query));
  }

  private static String text(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }
}
