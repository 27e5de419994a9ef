package io.plateflow.clients.postgres;

import io.plateflow.clients.ServiceProbe;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Consumer;

/** Waits until Postgres answers. */
public final class PostgresProbe {

  private PostgresProbe() {}

  /**
   * Returns as soon as the database answers a query.
   *
   * @param progress gets a line when the service is waited for, and when it answers
   * @throws io.plateflow.clients.ClientException when it does not answer in time
   */
  public static void awaitReachable(
      PostgresConfig config, Duration timeout, Consumer<String> progress) {
    ServiceProbe.await(
        "Postgres",
        config.place(),
        timeout,
        progress,
        () -> {
          try (Connection connection = PostgresConnections.open(config);
              Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1");
          }
        });
  }
}
