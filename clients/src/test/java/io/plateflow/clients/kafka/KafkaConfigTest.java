package io.plateflow.clients.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plateflow.schemas.event.EventEncoding;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaConfigTest {

  @Test
  void defaults() {
    KafkaConfig options = KafkaConfig.of("kafka.example:9092");

    assertThat(options.encoding()).isEqualTo(EventEncoding.AVRO);
    assertThat(options.retryFor()).isEqualTo(Duration.ofMinutes(2));
    assertThat(options.producerProperties())
        .containsEntry("linger.ms", "0")
        .containsEntry("acks", "all")
        .containsEntry("delivery.timeout.ms", "120000");
  }

  @Test
  void userPropertiesWinAndTheirValuesAreNotPrinted() {
    KafkaConfig options =
        new KafkaConfig(
            "kafka.example:9092",
            EventEncoding.JSON,
            Duration.ofSeconds(5),
            (short) 3,
            Map.of("sasl.jaas.config", "secret", "acks", "1"));

    assertThat(options.producerProperties())
        .containsEntry("acks", "1")
        .containsEntry("sasl.jaas.config", "secret")
        .containsEntry("request.timeout.ms", "5000");
    assertThat(options.toString()).contains("sasl.jaas.config").doesNotContain("secret");
  }

  @Test
  void refusesWhatIsOutOfRange() {
    assertThatThrownBy(() -> KafkaConfig.of(" ")).hasMessageContaining("expected host:port");
    KafkaConfig options = KafkaConfig.of("kafka.example:9092");
    assertThatThrownBy(() -> options.withRetryFor(Duration.ofMillis(999)))
        .hasMessageContaining("expected one second or more");
  }
}
