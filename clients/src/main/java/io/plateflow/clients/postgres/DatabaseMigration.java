package io.plateflow.clients.postgres;

import io.plateflow.clients.ClientException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateResult;

/** Brings the tables to the form that this version writes. */
public final class DatabaseMigration {

  private DatabaseMigration() {}

  /**
   * Runs what has not run yet. Several processes may call it at the same time.
   *
   * @return how many migrations ran
   */
  public static int migrate(PostgresConfig config) {
    try {
      MigrateResult result =
          Flyway.configure(DatabaseMigration.class.getClassLoader())
              .dataSource(config.jdbcUrl(), config.user(), config.password())
              .locations("classpath:db/migration")
              .load()
              .migrate();
      return result.migrationsExecuted;
    } catch (FlywayException e) {
      throw new ClientException("Cannot migrate tables: postgres=" + config.place(), e);
    }
  }
}
