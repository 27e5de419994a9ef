package io.plateflow.clients.embedded;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/** Who can log in: the owner of everything, and a reader that changes nothing. */
final class PostgresRoles {

  static final String OWNER = "postgres";
  static final String READER = "plateflow_reader";

  /** The migrations grant it SELECT on all tables. */
  private static final String ANALYST = "plateflow_analyst";

  private PostgresRoles() {}

  static void setPassword(Connection connection, String role, String password) throws SQLException {
    // Sends its hash, so that no log of statements ever holds it.
    connection
        .unwrap(PGConnection.class)
        .alterUserPassword(role, password.toCharArray(), "scram-sha-256");
  }

  static void provideReader(Connection connection, String database, String password)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      provide(statement, ANALYST, "NOLOGIN");
      provide(statement, READER, "LOGIN");
      statement.execute("GRANT %s TO %s".formatted(ANALYST, READER));
      statement.execute("ALTER ROLE %s SET default_transaction_read_only = on".formatted(READER));
      // A reader could switch that off again; then it may still not make as much as a temporary
      // table.
      statement.execute("REVOKE TEMPORARY ON DATABASE %s FROM PUBLIC".formatted(database));
    }
    setPassword(connection, READER, password);
  }

  private static void provide(Statement statement, String role, String kind) throws SQLException {
    boolean present;
    try (ResultSet found =
        statement.executeQuery("SELECT 1 FROM pg_roles WHERE rolname = '%s'".formatted(role))) {
      present = found.next();
    }
    if (!present) {
      statement.execute("CREATE ROLE %s %s".formatted(role, kind));
    }
  }
}
