package io.plateflow.clients.rules;

import io.plateflow.clients.kafka.EventReader;
import io.plateflow.clients.kafka.MalformedEventException;
import io.plateflow.schemas.avro.RuleEvent;
import io.plateflow.schemas.avro.SiteEvent;
import io.plateflow.schemas.event.RuleEvents;
import io.plateflow.schemas.event.Topics;
import io.plateflow.schemas.frame.RejectedRecord;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Parses the records of the topics of rules and sites, Avro or JSON. What is neither becomes a
 * rejected record, never an exception: one bad record must not stop the rules.
 */
public final class RuleParser {

  private static final EventReader<RuleEvent> RULES = new EventReader<>(RuleEvent.class, "rule_id");
  private static final EventReader<SiteEvent> SITES = new EventReader<>(SiteEvent.class, "site_id");

  private RuleParser() {}

  /** Parses one record of {@link RuleTopics#ALL}. */
  public static RuleRecord read(ConsumerRecord<byte[], byte[]> record) {
    boolean rule = record.topic().equals(Topics.RULES);
    try {
      return rule
          ? new RuleChange(RuleEvents.rule(RULES.read(record)))
          : new SiteChange(RuleEvents.site(SITES.read(record)));
    } catch (MalformedEventException | IllegalArgumentException e) {
      return new RuleRejection(
          new RejectedRecord(
              "%s-%d".formatted(record.topic(), record.partition()),
              record.offset(),
              rule ? "rule" : "site",
              String.valueOf(e.getMessage()),
              Instant.now()));
    }
  }
}
