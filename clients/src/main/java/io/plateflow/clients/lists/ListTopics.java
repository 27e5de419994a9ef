package io.plateflow.clients.lists;

import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.clients.kafka.TopicSnapshot;
import io.plateflow.schemas.event.Topics;
import java.util.List;

/** Reads the current lists from their topics. */
public final class ListTopics {

  /** The topics of lists and entries. */
  public static final List<String> ALL =
      List.of(Topics.PLATE_STATUS, Topics.LISTS, Topics.LIST_ENTRIES);

  private ListTopics() {}

  /**
   * Reads the topics from their first records to what were their last when the call began.
   * Malformed records are left out: the stream of the topics reports them.
   */
  public static List<ListRecord> read(KafkaConfig kafka) {
    return TopicSnapshot.read(kafka, ALL, ListParser::read).stream()
        .filter(record -> !(record instanceof ListRejection))
        .toList();
  }
}
