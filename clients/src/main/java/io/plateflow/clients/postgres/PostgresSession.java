package io.plateflow.clients.postgres;

import io.plateflow.clients.ClientException;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** One connection, opened when it is needed and given up after a failure. Not thread-safe. */
final class PostgresSession implements AutoCloseable {

  private final PostgresConfig config;
  private final Jdbi jdbi;
  private @Nullable Handle handle;

  PostgresSession(PostgresConfig config) {
    this.config = config;
    this.jdbi = Jdbi.create(() -> PostgresConnections.open(config));
  }

  /**
   * Works on the connection; every statement is a transaction of its own.
   *
   * @throws ClientException when the database is away or refuses
   */
  <T> T call(Function<Handle, T> work) {
    try {
      if (handle == null) {
        handle = jdbi.open();
      }
      return work.apply(handle);
    } catch (JdbiException e) {
      // The state of a connection after a failure is not known.
      close();
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new ClientException(
          "Postgres at %s: %s".formatted(config.place(), cause.getMessage()), e);
    }
  }

  @Override
  public void close() {
    if (handle != null) {
      Handle last = handle;
      handle = null;
      try {
        last.close();
      } catch (JdbiException e) {
        // It is gone already.
        return;
      }
    }
  }
}
