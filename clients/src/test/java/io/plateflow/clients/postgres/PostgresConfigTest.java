package io.plateflow.clients.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plateflow.clients.config.ConfigFile;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PostgresConfigTest {

  private static final String URL = "jdbc:postgresql://db.example:5432/plateflow";

  @Test
  void defaults() {
    PostgresConfig config = PostgresConfig.DEFAULT.at(URL, "writer", "secret");

    assertThat(config.batchSize()).isEqualTo(200);
    assertThat(config.flushInterval()).isEqualTo(Duration.ofMillis(250));
    assertThat(config.retryFor()).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void printsNoPassword() {
    PostgresConfig config =
        PostgresConfig.DEFAULT.at(URL + "?user=writer&password=secret", "writer", "secret");

    assertThat(config.toString()).contains("db.example:5432/plateflow").doesNotContain("secret");
    assertThat(config.place()).isEqualTo("db.example:5432/plateflow");
    assertThatThrownBy(() -> bound("url: 'postgres://writer:secret@db/x'"))
        .hasMessageContaining("url: found a value that is not shown, expected jdbc:postgresql://")
        .hasMessageNotContaining("secret");
  }

  @Test
  void refusesWhatIsOutOfRange() {
    assertThatThrownBy(() -> bound("{batch-size: 0, flush-interval: 0s, retry-for: 2h}"))
        .hasMessageContaining("batch-size: found 0, expected 1 to 10000")
        .hasMessageContaining("flush-interval: found '0s', expected 1ms to 1m")
        .hasMessageContaining("retry-for: found '2h', expected 0s to 1h");
  }

  @Test
  void userAndPasswordBelongToAnAddress() {
    assertThatThrownBy(() -> bound("{user: writer, password: secret}"))
        .hasMessageContaining("user: found without url")
        .hasMessageContaining("password: found without url")
        .hasMessageNotContaining("secret");
  }

  @Test
  void settingsHoldWhereverTheDatabaseIs() {
    PostgresConfig config = bound("{batch-size: 7, retry-for: 9s}").at(URL, "writer", "secret");

    assertThat(config.batchSize()).isEqualTo(7);
    assertThat(config.retryFor()).isEqualTo(Duration.ofSeconds(9));
    assertThat(config.jdbcUrl()).isEqualTo(URL);
  }

  private static PostgresConfig bound(String yaml) {
    ConfigFile file = ConfigFile.parse(yaml, "test", name -> null);
    PostgresConfig config = file.bind(PostgresConfig.DEFAULT);
    file.finish();
    return config;
  }
}
