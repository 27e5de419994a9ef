package io.plateflow.connectors.postgres;

import io.plateflow.clients.ServiceProbe;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.postgres.PostgresConnections;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.apache.flink.connector.jdbc.datasource.connections.JdbcConnectionProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection, for which it waits while the database is away: for {@code postgres.retry-for},
 * after which it fails with place and cause, and with it the task.
 */
final class PatientConnectionProvider implements JdbcConnectionProvider {

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(PatientConnectionProvider.class);
  private static final int VALIDITY_TIMEOUT_SECONDS = 5;

  private final PostgresConfig config;
  private transient @Nullable Connection connection;

  PatientConnectionProvider(PostgresConfig config) {
    this.config = config;
  }

  @Override
  public @Nullable Connection getConnection() {
    return connection;
  }

  @Override
  public boolean isConnectionValid() throws SQLException {
    return connection != null && connection.isValid(VALIDITY_TIMEOUT_SECONDS);
  }

  @Override
  public Connection getOrEstablishConnection() throws SQLException {
    if (!isConnectionValid()) {
      ServiceProbe.await(
          "Postgres",
          config.place(),
          config.retryFor(),
          LOG::warn,
          () -> connection = PostgresConnections.open(config));
    }
    return Objects.requireNonNull(connection, "whoever waited for it has it");
  }

  @Override
  public Connection reestablishConnection() throws SQLException {
    closeConnection();
    return getOrEstablishConnection();
  }

  @Override
  public void closeConnection() {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        LOG.debug("Closing a connection", e);
      }
      connection = null;
    }
  }
}
