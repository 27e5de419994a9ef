package io.plateflow.clients.lists;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.schemas.avro.AlertState;
import io.plateflow.schemas.avro.PlateStatusEvent;
import io.plateflow.schemas.avro.RejectedEvent;
import io.plateflow.schemas.event.EventCodec;
import io.plateflow.schemas.frame.RejectedRecord;
import io.plateflow.schemas.status.PlateListType;
import io.plateflow.schemas.status.PlateStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlateStatusParserTest {

  private static final Instant WRITTEN = Instant.parse("2026-11-20T04:30:00Z");
  private static final Instant CHANGED = Instant.parse("2026-11-19T10:00:00Z");

  @Test
  void readsAvro() throws Exception {
    byte[] value =
        EventCodec.of(PlateStatusEvent.class)
            .encode(event("b 1234 cd", io.plateflow.schemas.avro.PlateListType.BLACKLIST, 7));

    assertThat(read("B1234CD", value))
        .isEqualTo(
            new PlateStatusEntry(new PlateStatus("B1234CD", PlateListType.BLACKLIST, 7, CHANGED)));
  }

  @Test
  void readsRemovalInAvro() throws Exception {
    byte[] value =
        EventCodec.of(PlateStatusEvent.class)
            .encode(event("B1234CD", io.plateflow.schemas.avro.PlateListType.REMOVED, 8));

    assertThat(read("B1234CD", value))
        .isEqualTo(new PlateStatusEntry(new PlateStatus("B1234CD", null, 8, CHANGED)));
  }

  @Test
  void readsJson() {
    assertThat(
            read(
                "B1234CD",
                "{\"plate\": \"B 1234 CD\", \"type\": \"whitelist\", \"version\": 3,"
                    + " \"changed_at\": \"2026-11-19T18:00:00+08:00\"}"))
        .isEqualTo(
            new PlateStatusEntry(new PlateStatus("B1234CD", PlateListType.WHITELIST, 3, CHANGED)));
  }

  @Test
  void shortJsonTakesTheKeyAndTheTimeItWasWritten() {
    assertThat(read("b-1234-cd", "{\"type\": \"BLACKLIST\"}"))
        .isEqualTo(
            new PlateStatusEntry(
                new PlateStatus(
                    "B1234CD", PlateListType.BLACKLIST, WRITTEN.toEpochMilli(), WRITTEN)));
  }

  @Test
  void tombstoneIsARemovalAsNewAsItsRecord() {
    assertThat(read("B1234CD", (byte[]) null))
        .isEqualTo(
            new PlateStatusEntry(
                new PlateStatus("B1234CD", null, WRITTEN.toEpochMilli(), WRITTEN)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "B1; hello; found 'hello', expected Avro single-object encoding or a JSON object",
        "B1; ``; found an empty value",
        "B1; {\"type\": ; found broken JSON",
        "B1; {\"type\": \"grey\"}; type: found \"grey\", expected WHITELIST, BLACKLIST or REMOVED",
        "B1; {}; type: found nothing",
        "B1; {\"type\":\"whitelist\",\"version\":\"new\"}; version: found \"new\", expected a"
            + " whole",
        "B1; {\"type\":\"whitelist\",\"changed_at\":\"now\"}; changed_at: found \"now\"",
        "B1; {\"plate\":\"B2\",\"type\":\"whitelist\"}; found 'B2' under the key 'B1'",
        "B1; {\"plate\":\"--\",\"type\":\"whitelist\"}; plate: found '--', expected letters and",
      })
  void rejectsWhatIsNoEntryAndSaysWhereItStands(String key, String value, String reason) {
    RejectedRecord rejected = rejection(read(key, value));

    assertThat(rejected.source()).isEqualTo("plateflow.plate-status-2");
    assertThat(rejected.position()).isEqualTo(41);
    assertThat(rejected.kind()).isEqualTo("plate-status");
    assertThat(rejected.reason()).contains(reason);
  }

  @Test
  void rejectsTombstoneWithoutKey() {
    assertThat(rejection(read(null, (byte[]) null)).reason()).contains("plate: found ''");
  }

  @Test
  void rejectsAvroOfAnotherSchemaAndEveryTruncation() throws Exception {
    byte[] other =
        EventCodec.of(RejectedEvent.class)
            .encode(new RejectedEvent("cam", 1L, "frame", AlertState.CONFIRMED.name(), WRITTEN));
    assertThat(rejection(read("B1", other)).reason())
        .contains("PlateStatusEvent: expected it, found RejectedEvent");

    byte[] whole =
        EventCodec.of(PlateStatusEvent.class)
            .encode(event("B1", io.plateflow.schemas.avro.PlateListType.WHITELIST, 300));
    for (int length = 0; length < whole.length; length++) {
      ListRecord record = read("B1", java.util.Arrays.copyOf(whole, length));
      assertThat(record).as("first %d bytes", length).isInstanceOf(ListRejection.class);
    }
  }

  private static PlateStatusEvent event(
      String plate, io.plateflow.schemas.avro.PlateListType type, long version) {
    return PlateStatusEvent.newBuilder()
        .setPlate(plate)
        .setType(type)
        .setVersion(version)
        .setChangedAt(CHANGED)
        .build();
  }

  private static RejectedRecord rejection(ListRecord record) {
    assertThat(record).isInstanceOf(ListRejection.class);
    return ((ListRejection) record).rejected();
  }

  private static ListRecord read(String key, String value) {
    return read(key, value.getBytes(StandardCharsets.UTF_8));
  }

  private static ListRecord read(String key, byte[] value) {
    return PlateStatusParser.read(
        new ConsumerRecord<>(
            "plateflow.plate-status",
            2,
            41,
            WRITTEN.toEpochMilli(),
            TimestampType.CREATE_TIME,
            0,
            0,
            key == null ? null : key.getBytes(StandardCharsets.UTF_8),
            value,
            new RecordHeaders(),
            Optional.empty()));
  }
}
