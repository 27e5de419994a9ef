package io.plateflow.clients.lists;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.schemas.avro.ListEntryEvent;
import io.plateflow.schemas.event.EventCodec;
import io.plateflow.schemas.event.ListEvents;
import io.plateflow.schemas.event.Topics;
import io.plateflow.schemas.lists.AccessList;
import io.plateflow.schemas.lists.ListEntry;
import io.plateflow.schemas.lists.ListMeaning;
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

class ListParserTest {

  private static final Instant WRITTEN = Instant.parse("2026-03-02T11:00:00.123Z");

  @Test
  void aListThatWantsMoreReadsThanCamerasTakeHoldsAndIsToldOf() {
    ConsumerRecord<byte[], byte[]> record =
        record(
            Topics.LISTS,
            "staff",
            "{\"list_id\": \"staff\", \"name\": \"Staff\", \"meaning\": \"allow\", \"min_reads\": 6}"
                .getBytes(StandardCharsets.UTF_8));
    ListRecord read = ListParser.read(record);
    assertThat(read).isInstanceOf(ListChange.class);
    assertThat(ListParser.unreachable(record, read, 6)).isNull();
    assertThat(ListParser.unreachable(record, read, 5).rejected().reason())
        .startsWith("min_reads: found 6, expected 5 at most (reading.settled-reads)");
  }

  @Test
  void aPersonWritesPlainJson() {
    assertThat(
            json(
                Topics.LISTS,
                "staff",
                "{\"list_id\": \"staff\", \"name\": \"Staff\", \"meaning\": \"allow\", \"min_reads\": 3}"))
        .isEqualTo(
            new ListChange(
                new AccessList(
                    "staff",
                    "Staff",
                    ListMeaning.ALLOW,
                    null,
                    null,
                    3,
                    null,
                    WRITTEN.toEpochMilli(),
                    WRITTEN,
                    null,
                    false)));
    assertThat(
            json(
                Topics.LIST_ENTRIES,
                "e1",
                "{\"entry_id\": \"e1\", \"list_id\": \"staff\", \"pattern\": \"b 12??\","
                    + " \"sites\": [\"north\"], \"hours\": \"Mo-Fr 07:00-18:00\","
                    + " \"valid_until\": \"2026-04-01T00:00:00+02:00\", \"version\": 7}"))
        .isInstanceOfSatisfying(
            EntryChange.class,
            change -> {
              ListEntry entry = change.entry();
              assertThat(entry.pattern()).isEqualTo("B12??");
              assertThat(entry.sites()).containsExactly("north");
              assertThat(entry.validUntil()).isEqualTo("2026-03-31T22:00:00Z");
              assertThat(entry.version()).isEqualTo(7);
            });
  }

  @Test
  void readsWhatTheProducerWrites() {
    ListEntry entry =
        new ListEntry(
            "e1",
            "staff",
            "B12CD",
            false,
            "A. Holder",
            "blue van",
            List.of("north"),
            List.of("cam-1"),
            "Sa 22:00-02:00",
            WRITTEN,
            WRITTEN.plusSeconds(60),
            3,
            WRITTEN,
            "operator",
            false);
    byte[] bytes = EventCodec.of(ListEntryEvent.class).encode(ListEvents.entry(entry));
    assertThat(ListParser.read(record(Topics.LIST_ENTRIES, "e1", bytes)))
        .isEqualTo(new EntryChange(entry));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "e1 | {'list_id': 's', 'pattern': 'B1'}                                        | entry_id: found nothing, expected a text",
        "e1 | {'entry_id': 'e1', 'list_id': 's', 'pattern': '*'}                       | pattern: found '*', which matches every plate; expected match_all: true with it",
        "e1 | {'entry_id': 'e1', 'list_id': 's', 'pattern': '--'}                      | pattern: found '--', expected 1 to 40 letters, digits, ? and *",
        "e1 | {'entry_id': 'e1', 'list_id': 's', 'pattern': 5}                         | pattern: found 5, expected a text",
        "e1 | {'entry_id': 'e1', 'list_id': 's', 'patern': 'B1'}                       | found the unknown field 'patern', expected one of entry_id, list_id, pattern, match_all, holder, note, sites, cameras, hours, valid_from, valid_until, version, changed_at, changed_by, removed",
        "e2 | {'entry_id': 'e1', 'list_id': 's', 'pattern': 'B1'}                      | entry_id: found 'e1' under the key 'e2', expected the same",
        "e1 | {'entry_id': 'e1', 'list_id': 's', 'pattern': 'B1', 'hours': 'Mo 9-5'}   | hours: found 'MO 9-5' in 'Mo 9-5', expected such as 'Mo-Fr 07:00-18:00; Sa 22:00-02:00'",
        "e1 | {'entry_id': 'e1', 'list_id': 's', 'pattern': 'B1', 'valid_from': 'now'} | valid_from: found \"now\", expected an ISO time with its offset, or milliseconds",
        "e1 | {'entry_id': 'e1', 'list_id': 's', 'pattern': 'B1', 'valid_from': '2026-01-02T00:00:00Z', 'valid_until': '2026-01-02T00:00:00Z'} | valid_until: found 2026-01-02T00:00:00Z, expected a time after valid_from, 2026-01-02T00:00:00Z",
        "e1 | {'entry_id': 'e1', 'list_id': 's', 'pattern': 'B1', 'sites': 'north'}    | sites: found \"north\", expected a list",
        "e1 | {'entry_id': 'e1', 'list_id': 's', 'pattern': 'B1', 'valid_from': '+999999999-12-31T23:59:59Z'} | valid_from: found \"+999999999-12-31T23:59:59Z\", expected an ISO time with its offset, or milliseconds",
        "e1 | {'entry_id': 'e1', 'list_id': 's', 'pattern': 'B1', 'valid_from': 9223372036854775807} | valid_from: found +292278994-08-17T07:12:55.807Z, expected a time between 1900-01-01T00:00:00Z and 9999-12-31T23:59:59Z",
        "e1 | {'entry_id': 'e1', 'list_id': 's', 'pattern': 'B1', 'note': 'a\\u0000b'} | note: found a control character, expected text",
        "e1 | {'entry_id': 'e1', 'list_id': 'blacklist', 'pattern': 'B1'}               | list_id: found 'blacklist', expected another: it stands for the topic plateflow.plate-status",
        "e1 | {'entry_id'                                                              | found broken JSON '{\"entry_id\"', expected an object",
        "e1 | plate                                                                    | found 'plate', expected Avro single-object encoding or a JSON object",
      })
  void whatIsNoEntryIsRejected(String key, String json, String reason) {
    assertThat(json(Topics.LIST_ENTRIES, key, json.replace('\'', '"')))
        .isInstanceOfSatisfying(
            ListRejection.class,
            rejection -> {
              assertThat(rejection.rejected().reason()).isEqualTo(reason);
              assertThat(rejection.rejected().source()).isEqualTo("plateflow.list-entries-0");
              assertThat(rejection.rejected().kind()).isEqualTo("list-entry");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "{'list_id': 'blacklist', 'name': 'B', 'meaning': 'DENY'}             | list_id: found 'blacklist', expected another: it stands for the topic plateflow.plate-status",
        "{'list_id': 'a b', 'name': 'B', 'meaning': 'DENY'}                   | list_id: found 'a b', expected 1 to 100 letters, digits, '.', '_' or '-'",
        "{'list_id': 's', 'name': ' ', 'meaning': 'DENY'}                     | name: found 0 characters, expected 1 to 200",
        "{'list_id': 's', 'name': 'B', 'meaning': 'forbid'}                   | meaning: found \"forbid\", expected one of DENY, ALERT, ALLOW, INFORM, IGNORE",
        "{'list_id': 's', 'name': 'B', 'meaning': 'deny', 'tolerance': 4}     | tolerance: found 4.0, expected 0..3",
        "{'list_id': 's', 'name': 'B', 'meaning': 'deny', 'color': 'red'}     | color: found 'red', expected #rrggbb",
      })
  void whatIsNoListIsRejected(String json, String reason) {
    String object = json.replace('\'', '"');
    String key = object.split("\"")[3];
    assertThat(json(Topics.LISTS, key, object))
        .isInstanceOfSatisfying(
            ListRejection.class,
            rejection -> assertThat(rejection.rejected().reason()).isEqualTo(reason));
  }

  @Test
  void aTombstoneIsRejected() {
    assertThat(ListParser.read(record(Topics.LIST_ENTRIES, "e1", null)))
        .isInstanceOfSatisfying(
            ListRejection.class,
            rejection ->
                assertThat(rejection.rejected().reason())
                    .startsWith("found an empty value")
                    .endsWith("removed: true"));
  }

  private static ListRecord json(String topic, String key, String value) {
    return ListParser.read(record(topic, key, value.getBytes(StandardCharsets.UTF_8)));
  }

  private static ConsumerRecord<byte[], byte[]> record(String topic, String key, byte[] value) {
    return new ConsumerRecord<>(
        topic,
        0,
        5,
        WRITTEN.toEpochMilli(),
        TimestampType.CREATE_TIME,
        -1,
        -1,
        key.getBytes(StandardCharsets.UTF_8),
        value,
        new RecordHeaders(),
        Optional.empty());
  }
}
