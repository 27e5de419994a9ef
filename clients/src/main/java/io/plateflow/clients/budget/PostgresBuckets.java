package io.plateflow.clients.budget;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TokensInheritanceStrategy;
import io.github.bucket4j.distributed.BucketProxy;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import io.github.bucket4j.postgresql.PostgreSQLSelectForUpdateBasedProxyManager;
import io.plateflow.clients.postgres.PostgresConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Token buckets in the table {@code gemini_budgets}, shared by every process that uses the database
 * and kept over restarts. Methods throw {@link
 * io.github.bucket4j.BucketExceptions.BucketExecutionException} while the database is away; it need
 * not be there when this is made.
 */
public final class PostgresBuckets implements AutoCloseable {

  private static final String TABLE = "gemini_budgets";

  /** Buckets of a date are of no use after it; one of a minute is full again long before. */
  private static final Duration KEPT_UNUSED = Duration.ofDays(3);

  private static final int MOST_DELETED = 1_000;
  private static final int CONNECTIONS = 2;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);

  private final HikariDataSource connections;
  private final PostgresClock clock;
  private final PostgreSQLSelectForUpdateBasedProxyManager<String> manager;
  private final Map<String, BucketProxy> buckets = new ConcurrentHashMap<>();

  public PostgresBuckets(PostgresConfig postgres) {
    this.connections = new HikariDataSource(pool(postgres));
    this.clock = new PostgresClock(connections);
    this.manager =
        Bucket4jPostgreSQL.selectForUpdateBasedBuilder(connections)
            .primaryKeyMapper(PrimaryKeyMapper.STRING)
            .table(TABLE)
            .clientClock(clock)
            .expirationAfterWrite(ExpirationAfterWriteStrategy.fixedTimeToLive(KEPT_UNUSED))
            .build();
  }

  private static HikariConfig pool(PostgresConfig postgres) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("gemini-budgets");
    config.setJdbcUrl(postgres.jdbcUrl());
    config.setUsername(postgres.user());
    config.setPassword(postgres.password());
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(CONNECT_TIMEOUT.toMillis());
    // The pool may be made before the database is there.
    config.setInitializationFailTimeout(-1);
    config.addDataSourceProperty("ApplicationName", "plateflow-budget");
    config.addDataSourceProperty("connectTimeout", Long.toString(CONNECT_TIMEOUT.toSeconds()));
    config.addDataSourceProperty("socketTimeout", Long.toString(ANSWER_TIMEOUT.toSeconds()));
    return config;
  }

  /**
   * The bucket of that name, created full if missing. If the stored one has other limits, set by a
   * job with another configuration, it takes these and keeps its level: the job that started last
   * decides for all.
   */
  public Bucket bucket(String name, BucketConfiguration configuration) {
    BucketProxy known = buckets.get(name);
    if (known != null) {
      return known;
    }
    BucketProxy bucket = manager.builder().build(name, () -> configuration);
    manager
        .getProxyConfiguration(name)
        .filter(stored -> !stored.equals(configuration))
        .ifPresent(
            stored -> bucket.replaceConfiguration(configuration, TokensInheritanceStrategy.AS_IS));
    manager.removeExpired(MOST_DELETED);
    // Those of past days are not asked for again.
    buckets.keySet().removeIf(other -> sameLimit(other, name));
    buckets.put(name, bucket);
    return bucket;
  }

  private static boolean sameLimit(String one, String other) {
    return one.replaceFirst("\\d{4}-\\d\\d-\\d\\d$", "")
        .equals(other.replaceFirst("\\d{4}-\\d\\d-\\d\\d$", ""));
  }

  /** The time of the database's clock, which all sharers of the buckets use. */
  public Instant now() {
    return clock.now();
  }

  @Override
  public void close() {
    connections.close();
  }
}
