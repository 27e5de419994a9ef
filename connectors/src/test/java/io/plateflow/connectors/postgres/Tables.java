package io.plateflow.connectors.postgres;

import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.postgres.PostgresConnections;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** Looks into a test's database. */
final class Tables {

  private final PostgresConfig postgres;

  Tables(PostgresConfig postgres) {
    this.postgres = postgres;
  }

  /** One string for each row, its columns joined by {@code |}. */
  List<String> rows(String query) {
    try (Connection connection = PostgresConnections.open(postgres);
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      List<String> rows = new ArrayList<>();
      while (found.next()) {
        StringJoiner row = new StringJoiner("|");
        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
          row.add(String.valueOf(found.getString(i)));
        }
        rows.add(row.toString());
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(query, e);
    }
  }

  long count(String table) {
    return Long.parseLong(rows("SELECT count(*) FROM " + table).get(0));
  }

  /** Since the server began to count. */
  long deadlocks() {
    return Long.parseLong(
        rows("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()").get(0));
  }

  void execute(String command) {
    try (Connection connection = PostgresConnections.open(postgres);
        Statement statement = connection.createStatement()) {
      statement.execute(command);
    } catch (SQLException e) {
      throw new IllegalStateException(command, e);
    }
  }
}
