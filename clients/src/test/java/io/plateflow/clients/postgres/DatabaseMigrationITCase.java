package io.plateflow.clients.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plateflow.clients.testing.EmbeddedServices;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServices.class)
@Timeout(120)
class DatabaseMigrationITCase {

  @Test
  void anExtensionThatMayNotBeCreatedIsNamedAndTheMigrationGoesOnOnceItIsThere(
      PostgresConfig server) throws Exception {
    PostgresConfig limited =
        server.at(
            server.jdbcUrl().replaceFirst("/[^/]*$", "/without_extension"), "tenant", "secret");
    try (Connection owner = PostgresConnections.open(server);
        Statement statement = owner.createStatement()) {
      statement.execute("CREATE ROLE tenant LOGIN PASSWORD 'secret'");
      statement.execute("CREATE DATABASE without_extension");
    }
    PostgresConfig database = server.at(limited.jdbcUrl(), server.user(), server.password());
    try (Connection owner = PostgresConnections.open(database);
        Statement statement = owner.createStatement()) {
      statement.execute("GRANT CREATE, USAGE ON SCHEMA public TO tenant");

      assertThatThrownBy(() -> DatabaseMigration.migrate(limited))
          .hasStackTraceContaining(
              "Database without_extension lacks the extension pg_trgm, which finding plates needs,"
                  + " and tenant may not create it");

      statement.execute("CREATE EXTENSION pg_trgm");
      assertThat(DatabaseMigration.migrate(limited)).isPositive();
    }
  }
}
