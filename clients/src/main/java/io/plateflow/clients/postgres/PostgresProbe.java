package io.plateflow.clients.postgres;

import io.plateflow.clients.ServiceProbe;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Consumer;

/** Waits for the database. */
public final class PostgresProbe {

  private PostgresProbe() {}

  /**
   * Returns as soon as the database answers a query.
   *
   * @param says hears which service is waited for, and where
   * @throws io.plateflow.clients.ClientException when it does not answer in time
   */
  public static void awaitReachable(
      PostgresConfig options, Duration timeout, Consumer<String> says) {
    ServiceProbe.await(
        "Postgres",
        options.place(),
        timeout,
        says,
        () -> {
          try (Connection connection = PostgresConnections.open(options);
              Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1");
          }
        });
  }
}
