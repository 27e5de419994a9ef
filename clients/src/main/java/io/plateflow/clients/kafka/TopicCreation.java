package io.plateflow.clients.kafka;

import io.plateflow.clients.ClientException;
import io.plateflow.schemas.event.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the topics of Plateflow that are missing. */
public final class TopicCreation {

  private static final long PATIENCE_SECONDS = 60;

  private static final Map<String, String> COMPACTED =
      Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);

  /** Plates that are on no list stand there as they are, also where they are hidden elsewhere. */
  private static final Map<String, String> KEPT_FOR_A_DAY =
      Map.of(TopicConfig.RETENTION_MS_CONFIG, String.valueOf(Duration.ofDays(1).toMillis()));

  /** Plain plates too; kept for as long as a job may stand still and still get all of them. */
  private static final Map<String, String> KEPT_FOR_A_WEEK =
      Map.of(TopicConfig.RETENTION_MS_CONFIG, String.valueOf(Duration.ofDays(7).toMillis()));

  private TopicCreation() {}

  /**
   * Creates the topics that are missing; those that exist stay as they are.
   *
   * @return the names of the topics that were created
   */
  public static List<String> createMissing(KafkaConfig kafka) {
    List<NewTopic> wanted =
        List.of(
            // One partition: lists are small, and their changes keep their order.
            topic(Topics.PLATE_STATUS, 1, kafka).configs(COMPACTED),
            topic(Topics.LISTS, 1, kafka).configs(COMPACTED),
            topic(Topics.LIST_ENTRIES, 1, kafka).configs(COMPACTED),
            topic(Topics.RULES, 1, kafka).configs(COMPACTED),
            topic(Topics.SITES, 1, kafka).configs(COMPACTED),
            topic(Topics.READS, 1, kafka).configs(KEPT_FOR_A_DAY),
            topic(Topics.CORRECTIONS, 1, kafka).configs(KEPT_FOR_A_WEEK),
            topic(Topics.ACCESS, 1, kafka),
            topic(Topics.ALERTS, 1, kafka),
            topic(Topics.PASSES, 1, kafka),
            topic(Topics.PARKING, 1, kafka),
            topic(Topics.CAMERAS, 1, kafka).configs(COMPACTED),
            topic(Topics.REJECTED, 1, kafka));
    List<String> created = new ArrayList<>();
    try (Admin admin = Admin.create(kafka.clientProperties())) {
      Set<String> present = admin.listTopics().names().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      for (NewTopic topic : wanted) {
        if (!present.contains(topic.name()) && create(admin, topic)) {
          created.add(topic.name());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClientException("Interrupted while creating Kafka topics", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new ClientException(
          "Cannot create topics: kafka=%s missing one of %s"
              .formatted(kafka.servers(), wanted.stream().map(NewTopic::name).toList()),
          e);
    }
    return created;
  }

  private static NewTopic topic(String name, int partitions, KafkaConfig kafka) {
    Optional<Short> replication = Optional.ofNullable(kafka.replication()).map(Integer::shortValue);
    return new NewTopic(name, Optional.of(partitions), replication);
  }

  private static boolean create(Admin admin, NewTopic topic)
      throws InterruptedException, ExecutionException, TimeoutException {
    try {
      admin.createTopics(List.of(topic)).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TopicExistsException) {
        return false;
      }
      throw e;
    }
  }
}
