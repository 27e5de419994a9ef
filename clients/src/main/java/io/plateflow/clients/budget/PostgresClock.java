package io.plateflow.clients.budget;

import io.github.bucket4j.BucketExceptions;
import io.github.bucket4j.TimeMeter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import javax.sql.DataSource;

/**
 * The database's clock. Processes on machines whose own clocks differ would otherwise refill a
 * shared bucket too fast. It is queried now and then and extrapolated from the arrival of the
 * answer, so that the error, one round trip at most, makes it late and never early.
 */
final class PostgresClock implements TimeMeter {

  private static final Duration GOOD_FOR = Duration.ofSeconds(30);

  private final DataSource connections;
  private long askedAt;
  private long answer;
  private boolean asked;

  PostgresClock(DataSource connections) {
    this.connections = connections;
  }

  @Override
  public synchronized long currentTimeNanos() {
    if (!asked || System.nanoTime() - askedAt > GOOD_FOR.toNanos()) {
      ask();
    }
    return answer + (System.nanoTime() - askedAt);
  }

  private void ask() {
    try (Connection connection = connections.getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT clock_timestamp()")) {
      result.next();
      Instant time = result.getObject(1, OffsetDateTime.class).toInstant();
      askedAt = System.nanoTime();
      answer = time.getEpochSecond() * 1_000_000_000 + time.getNano();
      asked = true;
    } catch (SQLException e) {
      throw new BucketExceptions.BucketExecutionException(e);
    }
  }

  Instant now() {
    long nanos = currentTimeNanos();
    return Instant.ofEpochSecond(nanos / 1_000_000_000, nanos % 1_000_000_000);
  }

  @Override
  public boolean isWallClockBased() {
    return true;
  }
}
