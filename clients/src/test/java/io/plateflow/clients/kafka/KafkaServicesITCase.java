package io.plateflow.clients.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plateflow.clients.ClientException;
import io.plateflow.clients.embedded.EmbeddedKafkaBroker;
import io.plateflow.clients.lists.ListTopics;
import io.plateflow.clients.lists.PlateStatusEntry;
import io.plateflow.clients.lists.PlateStatusProducer;
import io.plateflow.schemas.event.Topics;
import io.plateflow.schemas.status.PlateListType;
import io.plateflow.schemas.status.PlateStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded broker, its topics and its probe. */
class KafkaServicesITCase {

  @TempDir Path folder;

  @Test
  void keepsItsDataFromRunToRunAndSaysWhenItIsAway() throws Exception {
    KafkaConfig kafka;
    try (EmbeddedKafkaBroker broker = EmbeddedKafkaBroker.start(0, folder)) {
      kafka = broker.config();
      KafkaProbe.awaitReachable(kafka, Duration.ofSeconds(20), said -> {});
      assertThat(TopicCreation.createMissing(kafka))
          .contains("plateflow.plate-status", "plateflow.alerts", "plateflow.passes")
          .contains("plateflow.parking", "plateflow.rejected");
      assertThat(TopicCreation.createMissing(kafka)).isEmpty();
      assertThat(policy(kafka, Topics.PLATE_STATUS)).isEqualTo("compact");
      assertThat(policy(kafka, Topics.ALERTS)).isEqualTo("delete");
      try (PlateStatusProducer producer = new PlateStatusProducer(kafka)) {
        producer.put("B 1234 CD", PlateListType.BLACKLIST, 1, "stolen");
        producer.remove("D 1 A", 2);
      }

      assertThatThrownBy(() -> EmbeddedKafkaBroker.start(broker.port(), null))
          .isInstanceOf(ClientException.class)
          .hasMessageContaining("Port %d is taken".formatted(broker.port()));
      assertThatThrownBy(() -> EmbeddedKafkaBroker.start(0, folder))
          .isInstanceOf(ClientException.class)
          .hasMessageContaining("Data folder in use");
    }

    List<String> said = new ArrayList<>();
    assertThatThrownBy(() -> KafkaProbe.awaitReachable(kafka, Duration.ofMillis(500), said::add))
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("Kafka at %s does not answer".formatted(kafka.bootstrapServers()));
    assertThat(said).hasSize(1);

    try (EmbeddedKafkaBroker broker = EmbeddedKafkaBroker.start(0, folder)) {
      assertThat(TopicCreation.createMissing(broker.config())).isEmpty();
      assertThat(ListTopics.read(broker.config()))
          .extracting(record -> ((PlateStatusEntry) record).status())
          .extracting(PlateStatus::plate, PlateStatus::type, PlateStatus::version)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple("B1234CD", PlateListType.BLACKLIST, 1L),
              org.assertj.core.groups.Tuple.tuple("D1A", null, 2L));
    }
  }

  private static String policy(KafkaConfig kafka, String topic) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try (Admin admin = Admin.create(kafka.clientProperties())) {
      return admin
          .describeConfigs(List.of(resource))
          .all()
          .get(20, TimeUnit.SECONDS)
          .get(resource)
          .get("cleanup.policy")
          .value();
    }
  }
}
