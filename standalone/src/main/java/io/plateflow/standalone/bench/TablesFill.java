package io.plateflow.standalone.bench;

import io.plateflow.clients.postgres.PostgresConfig;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Fills the tables with made-up passes: a year of 200 cameras, 500,000 plates that are seen again
 * and again (a few of them thousands of times), and a fifth of the passes by plates that are seen
 * once. One pass in 25 has a look that read otherwise. Indexes are taken away for the time and made
 * anew; the statistics are not filled.
 */
final class TablesFill {

  private static final int CHUNK = 250_000;
  private static final int CONNECTIONS = Runtime.getRuntime().availableProcessors();
  private static final List<String> TABLES =
      List.of(
          "detection_sessions",
          "vehicles",
          "plates",
          "plate_reads",
          "search_texts",
          "search_plates");

  private static final String PLACES =
      """
      INSERT INTO locations (name, type, timezone)
      SELECT 'Gate ' || c, 'Passage', 'Asia/Jakarta' FROM generate_series(0, 199) c
      ON CONFLICT DO NOTHING
      """;
  private static final String PREPARE =
      """
      CREATE FUNCTION pg_temp.pick(i bigint, salt bigint, most bigint) RETURNS bigint
      LANGUAGE sql IMMUTABLE AS $$ SELECT (hashint8extended(i, salt) & 9223372036854775807) % most $$;
      CREATE FUNCTION pg_temp.plate(k bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
          SELECT (ARRAY['B','B','B','B','D','F','AB','AD','L','N'])[1 + pg_temp.pick(k, 3, 10)]
              || (1 + pg_temp.pick(k, 4, 9999))::text
              || chr(65 + pg_temp.pick(k, 5, 26)::int) || chr(65 + pg_temp.pick(k, 6, 26)::int)
              || CASE WHEN pg_temp.pick(k, 7, 3) > 0 THEN chr(65 + pg_temp.pick(k, 8, 26)::int)
                      ELSE '' END $$;
      CREATE TEMPORARY TABLE chunk (
          i bigint, text text COLLATE "C", misread text COLLATE "C", at timestamptz, camera integer,
          class text, type text, status text);
      CREATE TEMPORARY TABLE place AS
      SELECT substr(name, 6)::int AS camera, id FROM locations WHERE name LIKE 'Gate %'
      """;
  private static final String STAGE =
      """
      TRUNCATE chunk;
      INSERT INTO chunk
      SELECT i, text,
             CASE WHEN pg_temp.pick(i, 9, 25) = 0
                  THEN translate(left(text, 4), '0158BDI', 'O1S88OB') || substr(text, 5) END,
             timestamptz '2025-11-01 00:00:00+00' + i * (interval '365 days' / %1$d),
             (200 * power(pg_temp.pick(i, 10, 1000000) / 1e6::float8, 1.5))::int %% 200,
             (ARRAY['car','car','car','motorcycle','truck','bus'])[1 + pg_temp.pick(i, 11, 6)],
             CASE pg_temp.pick(i, 12, 20) WHEN 0 THEN 'public' WHEN 1 THEN 'government' ELSE 'private' END,
             CASE pg_temp.pick(i, 13, 500) WHEN 0 THEN 'blacklist' WHEN 1 THEN 'whitelist'
                  ELSE 'unclassified' END
        FROM (SELECT i, pg_temp.plate(k) AS text
                FROM (SELECT i, CASE WHEN pg_temp.pick(i, 1, 5) = 0 THEN 1000000 + i
                                     ELSE (500000 * power(pg_temp.pick(i, 2, 1000000) / 1e6::float8, 2))::bigint
                                END AS k
                        FROM generate_series(%2$d, %3$d) AS i OFFSET 0) AS numbers
              OFFSET 0) AS passes
      """;
  private static final List<String> INSERTS =
      List.of(
          """
          INSERT INTO detection_sessions (
              id, pass_key, camera_id, location_id, gate, timestamp, first_seen, last_seen, frames,
              direction, image_resolution, processing_time, stored_original_path, detection_type,
              pairing_method, pairing_confidence, site)
          OVERRIDING SYSTEM VALUE
          SELECT i, 'made-up-' || i, 'cam-' || camera, p.id, 'passage', at, at - interval '1 second',
                 at + interval '2 seconds', 30, 'towards', '1920x1080', 0.04,
                 'file:/evidence/cam-' || camera || '/' || i || '-frame.jpg', 'vehicle_with_plate',
                 'containment', 0.9, 'site-' || camera % 5
            FROM chunk JOIN place p USING (camera) ORDER BY i
          """,
          """
          INSERT INTO vehicles (
              id, session_id, vehicle_class, vehicle_bounding_box, vehicle_confidence_score, timestamp)
          OVERRIDING SYSTEM VALUE
          SELECT i, i, class, '[100, 200, 700, 650]', 0.9, at FROM chunk ORDER BY i
          """,
          """
          INSERT INTO plates (
              id, session_id, vehicle_id, plate_bounding_box, plate_confidence_score, plate_text,
              plate_number, ocr_confidence, reads, agreeing_reads, reader, timestamp, plate_type,
              plate_region_code, plate_country, plate_status)
          OVERRIDING SYSTEM VALUE
          SELECT i, i, i, '[300, 500, 420, 540]', 0.9, text, text, 0.9, 2, 2, 'local', at, type,
                 'B', 'id', status
            FROM chunk ORDER BY i
          """,
          """
          INSERT INTO plate_reads (
              session_id, number, captured_at, reader, text, score, character_scores, agrees)
          SELECT i, n, at, 'local', CASE n WHEN 1 THEN text ELSE misread END, 0.8,
                 array_fill(0.9::real, ARRAY[length(text)]), n = 1
            FROM chunk, generate_series(1, 2) AS n WHERE n = 1 OR misread <> text
          """,
          """
          INSERT INTO search_texts
          SELECT i, t, o, at, p.id, 'cam-' || camera, 'site-' || camera % 5, class, type, status
            FROM chunk JOIN place p USING (camera)
           CROSS JOIN LATERAL (VALUES (text, 'plate'), (nullif(misread, text), 'read')) AS x (t, o)
           WHERE t IS NOT NULL ORDER BY i
          """);
  private static final String DISTINCT =
      """
      INSERT INTO search_plates (text, passes, last_seen)
      SELECT text, count(*), max(timestamp) FROM search_texts GROUP BY text
      """;

  private final PrintStream out;
  private final PostgresConfig server;
  private final Connection connection;
  private final List<String> deferred = new ArrayList<>();

  /**
   * @param connection to the server, for what is done once
   */
  TablesFill(PrintStream out, PostgresConfig server, Connection connection) {
    this.out = out;
    this.server = server;
    this.connection = connection;
  }

  /** Work of one of several connections. */
  @FunctionalInterface
  private interface Work {
    void on(Connection own) throws SQLException;
  }

  /** Makes so many passes in empty tables, on as many connections as there are processors. */
  void fill(long passes) throws Exception {
    long begun = System.nanoTime();
    List<String> restore = new ArrayList<>();
    for (String table : TABLES) {
      takeAway(table, restore);
    }
    execute(connection, PLACES);
    AtomicLong next = new AtomicLong(1);
    together(own -> insert(own, next, passes, begun));
    out.printf("Rows after %.0f s%n", seconds(begun));
    Queue<String> commands = new ConcurrentLinkedQueue<>();
    // First, while its table has no index yet.
    commands.add(DISTINCT);
    commands.addAll(restore);
    together(
        own -> {
          for (String command = commands.poll(); command != null; command = commands.poll()) {
            execute(own, command);
          }
        });
    for (String command : deferred) {
      execute(connection, command);
    }
    for (String table : List.of("detection_sessions", "vehicles", "plates")) {
      execute(
          connection,
          "SELECT setval(pg_get_serial_sequence('%s', 'id'), %d)".formatted(table, passes));
    }
    out.printf("Indexes after %.0f s%n", seconds(begun));
    Queue<String> tables = new ConcurrentLinkedQueue<>(TABLES);
    together(
        own -> {
          for (String table = tables.poll(); table != null; table = tables.poll()) {
            execute(own, "VACUUM (ANALYZE) " + table);
          }
        });
    execute(connection, "CHECKPOINT");
    double took = seconds(begun);
    out.printf("%,d passes filled in in %.0f s: %,.0f a second%n", passes, took, passes / took);
  }

  private void together(Work work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    try {
      List<Callable<Void>> each = Collections.nCopies(CONNECTIONS, () -> connected(work));
      for (Future<Void> done : threads.invokeAll(each)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private @Nullable Void connected(Work work) throws SQLException {
    try (Connection own =
        DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password())) {
      execute(own, "SET synchronous_commit = off");
      execute(own, "SET maintenance_work_mem = '512MB'");
      execute(own, "SET work_mem = '256MB'");
      work.on(own);
    }
    return null;
  }

  private void insert(Connection own, AtomicLong next, long passes, long begun)
      throws SQLException {
    execute(own, PREPARE);
    for (long first = next.getAndAdd(CHUNK); first <= passes; first = next.getAndAdd(CHUNK)) {
      long last = Math.min(passes, first + CHUNK - 1);
      execute(own, STAGE.formatted(passes, first, last));
      execute(own, "ANALYZE chunk");
      for (String insert : INSERTS) {
        execute(own, insert);
      }
      out.printf("%,12d passes after %4.0f s%n", last, seconds(begun));
    }
  }

  /** Drops what makes filling slow, and notes how to make it again. */
  private void takeAway(String table, List<String> restore) throws SQLException {
    List<String> foreign = new ArrayList<>();
    for (String[] row :
        rows(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), contype"
                + " FROM pg_constraint WHERE contype IN ('f', 'p', 'u') AND "
                + "(conrelid = '%1$s'::regclass OR contype = 'f' AND confrelid = '%1$s'::regclass)"
                    .formatted(table)
                + " ORDER BY contype = 'f' DESC")) {
      execute(connection, "ALTER TABLE %s DROP CONSTRAINT %s".formatted(row[0], row[1]));
      boolean isForeign = row[3].equals("f");
      String add =
          "ALTER TABLE %s ADD CONSTRAINT %s %s%s"
              .formatted(row[0], row[1], row[2], isForeign ? " NOT VALID" : "");
      (isForeign ? foreign : restore).add(add);
    }
    for (String[] row :
        rows(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename ="
                + " '%s'".formatted(table))) {
      execute(connection, "DROP INDEX " + row[0]);
      restore.add(row[1]);
    }
    // The keys that they refer to must be there before.
    deferred.addAll(foreign);
  }

  private List<String[]> rows(String query) throws SQLException {
    List<String[]> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      int columns = found.getMetaData().getColumnCount();
      while (found.next()) {
        String[] row = new String[columns];
        for (int i = 0; i < columns; i++) {
          row[i] = found.getString(i + 1);
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static void execute(Connection on, String command) throws SQLException {
    try (Statement statement = on.createStatement()) {
      statement.execute(command);
    }
  }

  private static double seconds(long begun) {
    return (System.nanoTime() - begun) / 1e9;
  }
}
