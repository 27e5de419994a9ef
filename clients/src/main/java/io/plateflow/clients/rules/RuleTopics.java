package io.plateflow.clients.rules;

import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.clients.kafka.TopicSnapshot;
import io.plateflow.schemas.event.Topics;
import java.util.List;

/** Reads the current rules and sites from their topics. */
public final class RuleTopics {

  /** The topics of rules and sites. */
  public static final List<String> ALL = List.of(Topics.RULES, Topics.SITES);

  private RuleTopics() {}

  /**
   * Reads the topics from their first records to what were their last when the call began.
   * Malformed records are left out: the stream of the topics reports them.
   */
  public static List<RuleRecord> read(KafkaConfig kafka) {
    return TopicSnapshot.read(kafka, ALL, RuleParser::read).stream()
        .filter(record -> !(record instanceof RuleRejection))
        .toList();
  }
}
