package io.plateflow.clients.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PostgresConfigTest {

  private static final String URL = "jdbc:postgresql://db.example:5432/plateflow";

  @Test
  void defaults() {
    PostgresConfig options = PostgresConfig.of(URL, "writer", "secret");

    assertThat(options.batchSize()).isEqualTo(200);
    assertThat(options.flushInterval()).isEqualTo(Duration.ofMillis(250));
    assertThat(options.retryFor()).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void printsNoPassword() {
    PostgresConfig options =
        PostgresConfig.of(URL + "?user=writer&password=secret", "writer", "secret");

    assertThat(options.toString()).contains("db.example:5432/plateflow").doesNotContain("secret");
    assertThat(options.place()).isEqualTo("db.example:5432/plateflow");
    assertThatThrownBy(() -> PostgresConfig.of("postgres://writer:secret@db/x", null, null))
        .hasMessageContaining("expected jdbc:postgresql://")
        .hasMessageNotContaining("secret");
  }

  @Test
  void refusesWhatIsOutOfRange() {
    PostgresConfig options = PostgresConfig.of(URL, null, null);

    assertThatThrownBy(() -> options.withBatching(0, Duration.ofSeconds(1)))
        .hasMessageContaining("found 0, expected 1 to 10000");
    assertThatThrownBy(() -> options.withBatching(1, Duration.ZERO))
        .hasMessageContaining("flush interval");
    assertThatThrownBy(() -> options.withRetryFor(Duration.ofSeconds(-1)))
        .hasMessageContaining("retry time");
  }
}
