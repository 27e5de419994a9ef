package io.plateflow.clients.postgres;

import java.io.Serializable;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the tables are and how they are written.
 *
 * @param jdbcUrl {@code jdbc:postgresql://host:port/database}; user and password in it are never
 *     printed
 * @param user or null where the URL names it
 * @param password or null; never printed
 * @param batchSize rows that are written in one statement, at most; 1 to 10,000
 * @param flushInterval how long a row waits for its batch, at most
 * @param retryFor how long a batch is tried again while the database is away, before the task fails
 *     and Flink restarts it from its checkpoint
 */
public record PostgresConfig(
    String jdbcUrl,
    String user,
    String password,
    int batchSize,
    Duration flushInterval,
    Duration retryFor)
    implements Serializable {

  public static final int DEFAULT_BATCH_SIZE = 200;
  public static final Duration DEFAULT_FLUSH_INTERVAL = Duration.ofMillis(250);
  public static final Duration DEFAULT_RETRY_FOR = Duration.ofMinutes(2);

  private static final String URL_PREFIX = "jdbc:postgresql:";
  private static final Pattern PLACE = Pattern.compile("jdbc:postgresql:(//[^?]*|[^?]*)");

  public PostgresConfig {
    if (jdbcUrl == null || !jdbcUrl.startsWith(URL_PREFIX)) {
      throw new IllegalArgumentException(
          "JDBC URL: found '%s', expected jdbc:postgresql://host:port/database"
              .formatted(jdbcUrl == null ? "" : jdbcUrl.replaceFirst(":.*", ":...")));
    }
    if (batchSize < 1 || batchSize > 10_000) {
      throw new IllegalArgumentException(
          "Postgres batch size: found %d, expected 1 to 10000".formatted(batchSize));
    }
    if (flushInterval.isNegative() || flushInterval.isZero()) {
      throw new IllegalArgumentException(
          "Postgres flush interval: found %s, expected more than 0".formatted(flushInterval));
    }
    if (retryFor.isNegative()) {
      throw new IllegalArgumentException(
          "Postgres retry time: found %s, expected 0 or more".formatted(retryFor));
    }
  }

  public static PostgresConfig of(String jdbcUrl, String user, String password) {
    return new PostgresConfig(
        jdbcUrl, user, password, DEFAULT_BATCH_SIZE, DEFAULT_FLUSH_INTERVAL, DEFAULT_RETRY_FOR);
  }

  public PostgresConfig withBatching(int size, Duration interval) {
    return new PostgresConfig(jdbcUrl, user, password, size, interval, retryFor);
  }

  public PostgresConfig withRetryFor(Duration time) {
    return new PostgresConfig(jdbcUrl, user, password, batchSize, flushInterval, time);
  }

  /** Host, port and database, fit for logs. */
  public String place() {
    Matcher matcher = PLACE.matcher(jdbcUrl);
    String place = matcher.lookingAt() ? matcher.group(1) : "";
    return place.replaceFirst("^//", "").replaceFirst("^.*@", "");
  }

  @Override
  public String toString() {
    return "PostgresConfig[place=%s, user=%s, batchSize=%d, flushInterval=%s, retryFor=%s]"
        .formatted(place(), user, batchSize, flushInterval, retryFor);
  }
}
