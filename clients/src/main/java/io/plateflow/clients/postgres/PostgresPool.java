package io.plateflow.clients.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.plateflow.clients.ClientException;
import java.time.Duration;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * A few connections for many callers who wait for an answer. The database need not be there when
 * this is made. Thread-safe.
 */
public final class PostgresPool implements AutoCloseable {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

  private final PostgresConfig config;
  private final HikariDataSource connections;
  private final Jdbi jdbi;

  /**
   * @param name of the pool, for logs and for the database's list of its connections
   * @param size connections at most
   * @param patience how long a caller waits for a connection
   */
  public PostgresPool(PostgresConfig config, String name, int size, Duration patience) {
    this.config = config;
    HikariConfig pool = new HikariConfig();
    pool.setPoolName(name);
    pool.setJdbcUrl(config.jdbcUrl());
    pool.setUsername(config.user());
    pool.setPassword(config.password());
    pool.setMaximumPoolSize(size);
    pool.setMinimumIdle(0);
    pool.setConnectionTimeout(patience.toMillis());
    pool.setInitializationFailTimeout(-1);
    pool.addDataSourceProperty("ApplicationName", name);
    pool.addDataSourceProperty("connectTimeout", Long.toString(CONNECT_TIMEOUT.toSeconds()));
    pool.addDataSourceProperty("socketTimeout", Long.toString(ANSWER_TIMEOUT.toSeconds()));
    this.connections = new HikariDataSource(pool);
    this.jdbi = Jdbi.create(connections);
  }

  /**
   * Works on a connection; every statement is a transaction of its own unless the work says
   * otherwise.
   *
   * @throws ClientException when the database is away or refuses
   */
  public <T> T call(Function<Handle, T> work) {
    try (Handle handle = jdbi.open()) {
      return work.apply(handle);
    } catch (JdbiException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new ClientException(
          "Postgres at %s: %s".formatted(config.place(), cause.getMessage()), e);
    }
  }

  @Override
  public void close() {
    connections.close();
  }
}
