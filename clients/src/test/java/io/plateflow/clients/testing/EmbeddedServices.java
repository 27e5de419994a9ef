package io.plateflow.clients.testing;

import io.plateflow.clients.embedded.EmbeddedKafkaBroker;
import io.plateflow.clients.embedded.EmbeddedPostgresServer;
import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.clients.kafka.TopicCreation;
import io.plateflow.clients.postgres.DatabaseMigration;
import io.plateflow.clients.postgres.PostgresConfig;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One Postgres and one Kafka broker for all tests of a run, each started by the first test that
 * asks for it: {@code @ExtendWith(EmbeddedServices.class)} and a parameter of type {@link
 * PostgresConfig} (an empty, migrated database of the test's own) or {@link KafkaConfig} (the
 * broker with Plateflow's topics).
 */
public final class EmbeddedServices implements ParameterResolver {

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(EmbeddedServices.class);
  private static final AtomicInteger DATABASES = new AtomicInteger();

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == PostgresConfig.class || type == KafkaConfig.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == PostgresConfig.class
        ? freshDatabase(context)
        : kafka(context);
  }

  private static KafkaConfig kafka(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            "kafka",
            key -> {
              EmbeddedKafkaBroker broker = EmbeddedKafkaBroker.start(0, null);
              TopicCreation.createMissing(broker.config());
              return broker;
            },
            EmbeddedKafkaBroker.class)
        .config();
  }

  private static PostgresConfig freshDatabase(ExtensionContext context) {
    PostgresConfig server =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(
                "postgres",
                key -> EmbeddedPostgresServer.start(0, null),
                EmbeddedPostgresServer.class)
            .config();
    String name = "test_" + DATABASES.incrementAndGet();
    try (Connection connection =
            DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot create database " + name, e);
    }
    PostgresConfig postgres =
        PostgresConfig.DEFAULT.at(
            server.jdbcUrl().replaceFirst("/[^/]*$", "/" + name), server.user(), server.password());
    DatabaseMigration.migrate(postgres);
    return postgres;
  }
}
