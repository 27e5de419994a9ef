package io.plateflow.clients.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/** Opens connections that notice when the server is gone. */
public final class PostgresConnections {

  private static final int CONNECT_TIMEOUT_SECONDS = 5;
  private static final int ANSWER_TIMEOUT_SECONDS = 30;

  private PostgresConnections() {}

  public static Connection open(PostgresConfig config) throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setConnectTimeout(CONNECT_TIMEOUT_SECONDS);
    source.setLoginTimeout(CONNECT_TIMEOUT_SECONDS);
    // A server that is frozen, or behind a cut cable, would otherwise hold the task for ever.
    source.setSocketTimeout(ANSWER_TIMEOUT_SECONDS);
    source.setTcpKeepAlive(true);
    source.setApplicationName("plateflow");
    // Last, so that what the URL itself says wins.
    source.setUrl(config.jdbcUrl());
    if (config.user() != null) {
      source.setUser(config.user());
    }
    if (config.password() != null) {
      source.setPassword(config.password());
    }
    return source.getConnection();
  }
}
