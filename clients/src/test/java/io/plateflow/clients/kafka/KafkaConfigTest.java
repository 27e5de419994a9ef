package io.plateflow.clients.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plateflow.clients.config.ConfigFile;
import io.plateflow.schemas.event.EventEncoding;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaConfigTest {

  @Test
  void defaults() {
    KafkaConfig config = KafkaConfig.DEFAULT.at("kafka.example:9092");

    assertThat(config.encoding()).isEqualTo(EventEncoding.AVRO);
    assertThat(config.retryFor()).isEqualTo(Duration.ofMinutes(2));
    assertThat(config.producerProperties())
        .containsEntry("linger.ms", "0")
        .containsEntry("acks", "all")
        .containsEntry("delivery.timeout.ms", "120000");
  }

  @Test
  void userPropertiesWinAndTheirValuesAreNotPrinted() {
    KafkaConfig config =
        new KafkaConfig(
            "kafka.example:9092",
            EventEncoding.JSON,
            KafkaConfig.Delivery.AT_LEAST_ONCE,
            Duration.ofSeconds(5),
            3,
            Map.of("sasl.jaas.config", "secret", "acks", "1"));

    assertThat(config.producerProperties())
        .containsEntry("acks", "1")
        .containsEntry("sasl.jaas.config", "secret")
        .containsEntry("request.timeout.ms", "5000");
    assertThat(config.toString()).contains("sasl.jaas.config").doesNotContain("secret");
  }

  @Test
  void refusesWhatIsOutOfRange() {
    assertThatThrownBy(
            () ->
                bound(
                    "{bootstrap-servers: ' ', retry-for: 999ms, replication: 0,"
                        + " properties: {sasl.jaas.config: [s3cret]}}"))
        .hasMessageContaining("bootstrap-servers: found ' ', expected host:port")
        .hasMessageContaining("retry-for: found '999ms', expected 1s to 1h")
        .hasMessageContaining("replication: found 0, expected 1 to 10")
        .hasMessageContaining("properties.sasl.jaas.config: found a list, expected a text")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void settingsHoldWhereverTheBrokerIs() {
    KafkaConfig config = bound("{encoding: json, replication: 2}").at("kafka.example:9092");

    assertThat(config.encoding()).isEqualTo(EventEncoding.JSON);
    assertThat(config.replication()).isEqualTo(2);
    assertThat(config.clientProperties()).containsEntry("bootstrap.servers", "kafka.example:9092");
  }

  private static KafkaConfig bound(String yaml) {
    ConfigFile file = ConfigFile.parse(yaml, "test", name -> null);
    KafkaConfig config = file.bind(KafkaConfig.DEFAULT);
    file.finish();
    return config;
  }
}
