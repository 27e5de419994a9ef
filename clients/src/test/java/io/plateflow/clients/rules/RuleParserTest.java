package io.plateflow.clients.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.schemas.avro.RuleEvent;
import io.plateflow.schemas.event.EventCodec;
import io.plateflow.schemas.event.RuleEvents;
import io.plateflow.schemas.event.Topics;
import io.plateflow.schemas.rules.Rule;
import io.plateflow.schemas.rules.RuleConditions;
import io.plateflow.schemas.rules.RuleTimes;
import io.plateflow.schemas.rules.RuleTrigger;
import io.plateflow.schemas.rules.Site;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleParserTest {

  private static final Instant WRITTEN = Instant.parse("2026-03-02T11:00:00.123Z");

  @Test
  void aPersonWritesPlainJson() {
    assertThat(
            json(
                Topics.RULES,
                "third",
                "{\"rule_id\": \"third\", \"name\": \"Third time at night\", \"hours\": \"22:00-06:00\","
                    + " \"not_on_lists\": [\"*\"], \"times\": 3, \"within\": \"24h\"}"))
        .isEqualTo(
            new RuleChange(
                Rule.of(
                        "third",
                        "Third time at night",
                        RuleTrigger.PASS,
                        RuleConditions.NONE.withHours("22:00-06:00").withNotOnLists(List.of("*")))
                    .withTimes(new RuleTimes(3, "24h"))
                    .withVersion(WRITTEN.toEpochMilli())
                    .withChangedAt(WRITTEN)));
    assertThat(
            json(
                Topics.SITES,
                "North yard",
                "{\"site_id\": \"North yard\", \"capacity\": 40, \"limit\": \"2h\", \"version\": 7}"))
        .isEqualTo(
            new SiteChange(new Site("North yard", null, 40, "2h", null, 7, WRITTEN, null, false)));
  }

  @Test
  void readsWhatTheProducerWrites() {
    Rule rule = Rule.of("d", "Disk", RuleTrigger.DISK_LOW, RuleConditions.NONE);
    byte[] written = EventCodec.of(RuleEvent.class).encode(RuleEvents.rule(rule));
    assertThat(RuleParser.read(record(Topics.RULES, "d", written))).isEqualTo(new RuleChange(rule));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          plateflow.rules | r | {"rule_id": "r", "name": "All"}                             | rule_id: found 'r', which every pass meets
          plateflow.rules | r | {"rule_id": "r", "name": "N", "trigger": "often"}           | trigger: found 'often'
          plateflow.rules | r | {"rule_id": "r", "name": "N", "lists": ["a"], "colour": 1}  | colour
          plateflow.rules | s | {"rule_id": "r", "name": "N", "lists": ["a"]}               | rule_id: found 'r' under the key 's'
          plateflow.rules | r | rule                                                        | found 'rule', expected Avro
          plateflow.sites | n | {"site_id": "n", "grace": "5m"}                             | grace: found 5m, expected a limit
          """)
  void whatIsNoRuleOrSiteSaysWhy(String topic, String key, String value, String reason) {
    assertThat(json(topic, key, value))
        .isInstanceOfSatisfying(
            RuleRejection.class,
            rejection -> {
              assertThat(rejection.rejected().reason()).contains(reason);
              assertThat(rejection.rejected().source()).isEqualTo(topic + "-0");
              assertThat(rejection.rejected().position()).isEqualTo(17);
              assertThat(topic).contains(rejection.rejected().kind());
            });
  }

  private static RuleRecord json(String topic, String key, String value) {
    return RuleParser.read(record(topic, key, value.getBytes(StandardCharsets.UTF_8)));
  }

  private static ConsumerRecord<byte[], byte[]> record(String topic, String key, byte[] value) {
    byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
    return new ConsumerRecord<>(
        topic,
        0,
        17,
        WRITTEN.toEpochMilli(),
        TimestampType.CREATE_TIME,
        keyBytes.length,
        value.length,
        keyBytes,
        value,
        new RecordHeaders(),
        Optional.empty());
  }
}
