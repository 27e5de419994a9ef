package io.plateflow.connectors.postgres;

import io.plateflow.clients.RejectionHandler;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.postgres.PostgresConnections;
import io.plateflow.clients.postgres.SqlFailure;
import io.plateflow.schemas.frame.RejectedRecord;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes batches over one connection. While the database is away it tries again for a bounded time;
 * a batch that is refused for its content is halved until the records to blame stand alone.
 *
 * <p>A commit whose answer was lost is sent again, so statements must be idempotent.
 */
final class BatchWriter<T> implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BatchWriter.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final PostgresConfig options;
  private final BatchStatement<T> statement;
  private final RejectionHandler rejections;
  private final Pause pause;
  private final WriteCounts counts;
  private Connection connection;

  /** Waiting, so that tests need none. */
  @FunctionalInterface
  interface Pause {
    void sleep(Duration time) throws InterruptedException;
  }

  /** Hears of what was written, tried again and refused. */
  interface WriteCounts {
    void written(int records);

    void retried();

    void refused();
  }

  BatchWriter(
      PostgresConfig options,
      BatchStatement<T> statement,
      RejectionHandler rejections,
      Pause pause,
      WriteCounts counts) {
    this.options = options;
    this.statement = statement;
    this.rejections = rejections;
    this.pause = pause;
    this.counts = counts;
  }

  /**
   * Returns when every record is in the tables or was handed to the rejection handler.
   *
   * @throws IOException when the database stayed away for too long, or cannot take any record
   */
  void write(List<T> records) throws IOException, InterruptedException {
    if (records.isEmpty()) {
      return;
    }
    SQLException refusal = attempt(records);
    if (refusal == null) {
      counts.written(records.size());
    } else if (records.size() > 1) {
      int half = records.size() / 2;
      write(records.subList(0, half));
      write(records.subList(half, records.size()));
    } else {
      refuse(records.get(0), refusal);
    }
  }

  /** Null when it is written, the database's reason when it refuses the content. */
  private SQLException attempt(List<T> records) throws IOException, InterruptedException {
    String batch = array(records);
    long deadline = 0;
    Duration next = FIRST_PAUSE;
    for (int tried = 1; ; tried++) {
      try {
        execute(batch);
        if (tried > 1) {
          LOG.info("Postgres at {} took the batch at attempt {}", options.place(), tried);
        }
        return null;
      } catch (SQLException e) {
        discardConnection();
        SqlFailure failure = SqlFailure.of(e);
        if (failure == SqlFailure.CONTENT) {
          return e;
        }
        long now = System.nanoTime();
        deadline = tried == 1 ? now + options.retryFor().toNanos() : deadline;
        if (failure == SqlFailure.LASTING || now >= deadline) {
          throw new IOException(
              "Cannot write to Postgres: place=%s kind=%s records=%d attempts=%d state=%s: %s"
                  .formatted(
                      options.place(),
                      statement.kind(),
                      records.size(),
                      tried,
                      e.getSQLState(),
                      e.getMessage()),
              e);
        }
        counts.retried();
        LOG.warn(
            "Postgres at {} did not take {} records (state {}: {}); attempt {}, again in {} ms",
            options.place(),
            records.size(),
            e.getSQLState(),
            e.getMessage(),
            tried,
            next.toMillis());
        pause.sleep(jittered(next, Duration.ofNanos(deadline - now)));
        next = shorter(next.multipliedBy(2), LONGEST_PAUSE);
      }
    }
  }

  private void execute(String batch) throws SQLException {
    if (connection == null) {
      connection = PostgresConnections.open(options);
    }
    try (PreparedStatement prepared = connection.prepareStatement(statement.sql())) {
      prepared.setString(1, batch);
      prepared.execute();
    }
  }

  private String array(List<T> records) {
    StringJoiner array = new StringJoiner(",", "[", "]");
    for (T record : records) {
      array.add(statement.json(record));
    }
    return array.toString();
  }

  private void refuse(T record, SQLException refusal) {
    String reason =
        "Postgres refused %s: %s".formatted(statement.key(record), refusal.getMessage());
    LOG.error("{} (state {})", reason, refusal.getSQLState());
    rejections.reject(
        new RejectedRecord(statement.source(record), 0, statement.kind(), reason, Instant.now()));
    counts.refused();
  }

  /** The state of a connection after a failure is not known; a fresh one costs little. */
  private void discardConnection() {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        LOG.debug("Closing a failed connection", e);
      }
      connection = null;
    }
  }

  private static Duration jittered(Duration pause, Duration left) {
    long millis = pause.toMillis();
    long spread = ThreadLocalRandom.current().nextLong(millis / 2 + 1);
    return shorter(Duration.ofMillis(millis - spread), left);
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  @Override
  public void close() {
    discardConnection();
    rejections.close();
  }

  void flushRejections() {
    rejections.flush();
  }
}
