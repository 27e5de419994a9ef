package io.plateflow.clients.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.BucketExceptions.BucketExecutionException;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.testing.EmbeddedServices;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EmbeddedServices.class)
@Timeout(120)
class PostgresBucketsITCase {

  private static BucketConfiguration holding(long tokens) {
    return BucketConfiguration.builder()
        .addLimit(
            Bandwidth.builder().capacity(tokens).refillIntervally(1, Duration.ofDays(3650)).build())
        .build();
  }

  @Test
  void twoShareABucketAndTheNextFindsItAsItWas(PostgresConfig postgres) {
    try (PostgresBuckets one = new PostgresBuckets(postgres);
        PostgresBuckets other = new PostgresBuckets(postgres)) {
      assertThat(one.bucket("shared", holding(10)).tryConsume(6)).isTrue();
      assertThat(other.bucket("shared", holding(10)).tryConsume(6)).isFalse();
      assertThat(other.bucket("shared", holding(10)).tryConsume(4)).isTrue();
    }
    try (PostgresBuckets later = new PostgresBuckets(postgres)) {
      assertThat(later.bucket("shared", holding(10)).getAvailableTokens()).isZero();
    }
  }

  @Test
  void manyAtOnceTakeEachTokenOnce(PostgresConfig postgres) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (PostgresBuckets one = new PostgresBuckets(postgres);
        PostgresBuckets other = new PostgresBuckets(postgres)) {
      List<Future<Boolean>> taken = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        PostgresBuckets buckets = i % 2 == 0 ? one : other;
        taken.add(threads.submit(() -> buckets.bucket("raced", holding(50)).tryConsume(1)));
      }
      int count = 0;
      for (Future<Boolean> future : taken) {
        count += future.get() ? 1 : 0;
      }
      assertThat(count).isEqualTo(50);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void takesTheLimitsOfTheLastOneAndKeepsTheLevel(PostgresConfig postgres) {
    try (PostgresBuckets one = new PostgresBuckets(postgres)) {
      one.bucket("changed", holding(10)).tryConsume(4);
    }
    try (PostgresBuckets lower = new PostgresBuckets(postgres)) {
      assertThat(lower.bucket("changed", holding(3)).getAvailableTokens()).isEqualTo(3);
    }
    try (PostgresBuckets higher = new PostgresBuckets(postgres)) {
      assertThat(higher.bucket("changed", holding(100)).getAvailableTokens()).isEqualTo(3);
    }
  }

  @Test
  void goesByTheClockOfTheDatabase(PostgresConfig postgres) {
    try (PostgresBuckets buckets = new PostgresBuckets(postgres)) {
      Instant before = Instant.now();
      assertThat(buckets.now()).isBetween(before.minusSeconds(5), before.plusSeconds(5));
    }
  }

  @Test
  void deletesBucketsOfPastDays(PostgresConfig postgres) throws SQLException {
    try (PostgresBuckets buckets = new PostgresBuckets(postgres);
        Connection connection =
            DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
        Statement statement = connection.createStatement()) {
      buckets.bucket("k:day:2026-03-01", holding(10)).tryConsume(1);
      statement.execute("UPDATE gemini_budgets SET expires_at = 1");
      buckets.bucket("k:day:2026-03-02", holding(10)).tryConsume(1);
      try (ResultSet rows = statement.executeQuery("SELECT id FROM gemini_budgets")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).isEqualTo("k:day:2026-03-02");
        assertThat(rows.next()).isFalse();
      }
    }
  }

  @Test
  void saysSoWhereTheDatabaseIsAway() {
    PostgresConfig nowhere =
        PostgresConfig.DEFAULT.at("jdbc:postgresql://127.0.0.1:1/none", "me", null);
    try (PostgresBuckets buckets = new PostgresBuckets(nowhere)) {
      assertThatThrownBy(() -> buckets.bucket("any", holding(1)).tryConsume(1))
          .isInstanceOf(BucketExecutionException.class);
      assertThatThrownBy(buckets::now).isInstanceOf(BucketExecutionException.class);
    }
  }
}
