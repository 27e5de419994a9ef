package io.plateflow.standalone.kept;

import io.plateflow.clients.postgres.PostgresConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * A database as a release left it, in a folder: its migrations as they were then, and what was in
 * its tables. {@code pg_dump} does not come with the embedded server.
 */
final class KeptDatabase {

  private static final String MIGRATIONS = "db/migration";

  /** Columns that the server computes are not written. */
  private static final String TABLES =
      """
      SELECT c.relname, string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum)
        FROM pg_class c
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
                           AND NOT a.attisdropped AND a.attgenerated = ''
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
         AND c.relname <> 'flyway_schema_history'
       GROUP BY c.relname
       ORDER BY c.relname
      """;

  private static final String SEQUENCES =
      """
      SELECT format('SELECT setval(%L, %s)', quote_ident(sequencename), last_value)
        FROM pg_sequences
       WHERE schemaname = 'public' AND last_value IS NOT NULL
       ORDER BY sequencename
      """;

  private KeptDatabase() {}

  static void write(PostgresConfig place, Path migrations, Path folder)
      throws SQLException, IOException {
    Files.createDirectories(folder.resolve(MIGRATIONS));
    try (Stream<Path> scripts = Files.list(migrations)) {
      for (Path script : scripts.toList()) {
        Files.copy(script, folder.resolve(MIGRATIONS).resolve(script.getFileName().toString()));
      }
    }
    try (Connection connection = connect(place)) {
      CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
      for (String[] table : rows(connection, TABLES, 2)) {
        String columns = "%s (%s)".formatted(table[0], table[1]);
        Path file = Files.createFile(folder.resolve(table[0] + ".copy"));
        try (var out = Files.newOutputStream(file)) {
          out.write((columns + "\n").getBytes(StandardCharsets.UTF_8));
          copies.copyOut("COPY %s TO STDOUT".formatted(columns), out);
        }
      }
      List<String> sequences = rows(connection, SEQUENCES, 1).stream().map(row -> row[0]).toList();
      Files.write(folder.resolve("sequences.sql"), sequences);
    }
  }

  /**
   * @param empty a database without a table
   */
  static void load(Path folder, PostgresConfig empty) throws SQLException, IOException {
    Flyway.configure()
        .dataSource(empty.jdbcUrl(), empty.user(), empty.password())
        .locations("filesystem:" + folder.resolve(MIGRATIONS))
        .load()
        .migrate();
    try (Connection connection = connect(empty);
        Statement statement = connection.createStatement();
        Stream<Path> files = Files.list(folder)) {
      // Neither triggers nor foreign keys: the rows are those that they led to.
      statement.execute("SET session_replication_role = replica");
      CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
      for (Path file : files.filter(file -> file.toString().endsWith(".copy")).toList()) {
        try (var in = Files.newBufferedReader(file)) {
          String columns = in.readLine();
          statement.execute("DELETE FROM " + columns.substring(0, columns.indexOf(' ')));
          copies.copyIn("COPY %s FROM STDIN".formatted(columns), in);
        }
      }
      for (String sequence : Files.readAllLines(folder.resolve("sequences.sql"))) {
        statement.execute(sequence);
      }
    }
  }

  static Connection connect(PostgresConfig place) throws SQLException {
    return DriverManager.getConnection(place.jdbcUrl(), place.user(), place.password());
  }

  private static List<String[]> rows(Connection connection, String sql, int columns)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      List<String[]> rows = new ArrayList<>();
      while (found.next()) {
        String[] row = new String[columns];
        for (int i = 0; i < columns; i++) {
          row[i] = found.getString(i + 1);
        }
        rows.add(row);
      }
      return rows;
    }
  }
}
