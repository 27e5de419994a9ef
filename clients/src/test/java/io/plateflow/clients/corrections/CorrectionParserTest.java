package io.plateflow.clients.corrections;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.schemas.avro.CorrectionEvent;
import io.plateflow.schemas.corrections.Correction;
import io.plateflow.schemas.corrections.CorrectionKind;
import io.plateflow.schemas.event.CorrectionEvents;
import io.plateflow.schemas.event.EventCodec;
import io.plateflow.schemas.event.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorrectionParserTest {

  private static final Instant WRITTEN = Instant.parse("2026-03-02T11:00:00.123Z");

  @Test
  void aPersonWritesPlainJson() {
    assertThat(
            json(
                "p1",
                "{\"correction_id\": \"c1\", \"kind\": \"plate\", \"pass_id\": \"p1\","
                    + " \"to\": \"b 1284-xyz\", \"changed_by\": \"ana\"}"))
        .isEqualTo(
            new CorrectionArrival(
                new Correction(
                    "c1",
                    CorrectionKind.PLATE,
                    "p1",
                    null,
                    "B1284XYZ",
                    null,
                    null,
                    null,
                    null,
                    null,
                    WRITTEN,
                    "ana",
                    false)));
  }

  @Test
  void avroComesThroughAsItIs() {
    Correction close =
        new Correction(
            "c1",
            CorrectionKind.VISIT_CLOSE,
            "p1",
            null,
            null,
            null,
            null,
            null,
            Instant.parse("2026-03-02T10:00:00Z"),
            "left by foot",
            WRITTEN,
            "ana",
            false);
    byte[] bytes = EventCodec.of(CorrectionEvent.class).encode(CorrectionEvents.event(close));
    assertThat(CorrectionParser.read(record("p1", bytes), WRITTEN))
        .isEqualTo(new CorrectionArrival(close));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "kind": "plate", "to": "--"       | to: found '', expected a plate of 1 to 40
          "kind": "plates", "to": "B1"      | kind: found 'plates', expected one of plate, not_a_plate
          "kind": "plate_type", "to": "vip" | to: found 'vip', expected one of private
          "kind": "region", "to": "QQ"      | to: found 'QQ', expected the code of a region
          "kind": "pairing", "to": "both"   | to: found 'both', expected vehicle or plate
          "kind": "vehicle_class"           | to: found '', expected a vehicle class
          "kind": "location"                | to, gate, site: found 'none of them', expected one
          "kind": "location", "gate": "in"  | gate: found 'in', expected entry, exit or passage
          "kind": "visit_join"              | entry_pass_id: found '', expected the pass_id of an entry
          "kind": "visit_split", "entry_pass_id": "p1" | entry_pass_id: found 'p1', expected the pass_id
          "kind": "visit_close"             | at: found 'nothing', expected the time
          "kind": "delete", "changed_at": "2026-03-02T12:00:00Z" | changed_at: found 2026-03-02T12:00:00Z, expected
          """)
  void saysWhatIsWrong(String fields, String reason) {
    String json = "{\"correction_id\": \"c1\", \"pass_id\": \"p1\", " + fields + "}";
    assertThat(json("p1", json))
        .isInstanceOfSatisfying(
            CorrectionRejection.class,
            rejection -> {
              assertThat(rejection.rejected().reason()).startsWith(reason);
              assertThat(rejection.rejected().kind()).isEqualTo("correction");
              assertThat(rejection.rejected().source()).isEqualTo("plateflow.corrections-0");
            });
  }

  @Test
  void underAnotherKeyItWouldOvertakeOthersOfItsPass() {
    assertThat(json("p2", "{\"correction_id\": \"c\", \"kind\": \"delete\", \"pass_id\": \"p1\"}"))
        .isInstanceOfSatisfying(
            CorrectionRejection.class,
            rejection ->
                assertThat(rejection.rejected().reason())
                    .isEqualTo("pass_id: found 'p1' under the key 'p2', expected the same"));
  }

  private static CorrectionRecord json(String key, String json) {
    return CorrectionParser.read(record(key, json.getBytes(StandardCharsets.UTF_8)), WRITTEN);
  }

  private static ConsumerRecord<byte[], byte[]> record(String key, byte[] value) {
    return new ConsumerRecord<>(
        Topics.CORRECTIONS,
        0,
        7,
        WRITTEN.toEpochMilli(),
        TimestampType.CREATE_TIME,
        0,
        value.length,
        key.getBytes(StandardCharsets.UTF_8),
        value,
        new RecordHeaders(),
        Optional.empty());
  }
}
