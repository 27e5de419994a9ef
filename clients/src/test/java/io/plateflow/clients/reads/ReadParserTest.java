package io.plateflow.clients.reads;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.schemas.avro.PlateReadEvent;
import io.plateflow.schemas.avro.ReadKind;
import io.plateflow.schemas.event.EventCodec;
import io.plateflow.schemas.event.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadParserTest {

  private static final Instant NOW = Instant.parse("2026-03-02T11:00:00Z");

  private static final String JSON =
      """
      {"record_id": "r1", "source": "north-anpr", "kind": "camera",
       "captured_at": "2026-03-02T12:00:00+01:00", "frame_width": 1920, "frame_height": 1080,
       "vehicle": {"vehicle_class": "car", "score": 0.9, "box": {"x1": 0, "y1": 1, "x2": 1920, "y2": 9}},
       "plate": {"text": "B 1234 CD", "score": 0.8, "box": {"x1": 10, "y1": 20, "x2": 30, "y2": 40},
                 "candidates": [{"text": "B1234CO", "score": 0.1}]}}
      """;

  @Test
  void aProgramWritesPlainJsonOrAvro() throws Exception {
    PlateReadEvent event =
        ((ReadArrival) read("r1", JSON.getBytes(StandardCharsets.UTF_8))).event();
    assertThat(event.getKind()).isEqualTo(ReadKind.CAMERA);
    assertThat(event.getCapturedAt()).isEqualTo(NOW);
    assertThat(event.getPlate().getReads()).isEqualTo(1);
    assertThat(event.getPlate().getCandidates()).hasSize(1);
    assertThat(event.getUploadId()).isNull();

    byte[] avro = EventCodec.of(PlateReadEvent.class).encode(event);
    assertThat(read("r1", avro)).isEqualTo(new ReadArrival(event));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "north-anpr | north/anpr | source: found 'north/anpr', expected 1 to 100 letters",
        "north-anpr | @north | source: found '@north'",
        "12:00:00+01:00 | 12:05:01+01:00 | captured_at: found 2026-03-02T11:05:01Z, expected"
            + " 2026-03-02T11:05:00Z at the latest, 5 minutes from now",
        "`\"x2\": 1920` | `\"x2\": 1921` | vehicle.box: found x1=0.0 y1=1.0 x2=1921.0 y2=9.0, expected"
            + " x1<=x2 and y1<=y2 within the frame of 1920x1080",
        "`\"x1\": 10` | `\"x1\": 31` | plate.box: found x1=31.0",
        "`\"score\": 0.8` | `\"score\": 1.1` | plate.score: found 1.1, expected 0..1",
        "`\"score\": 0.1` | `\"score\": -1` | plate.candidates.score: found -1.0",
        "`\"candidates\"` | `\"character_scores\": [0.5], \"candidates\"` | plate.character_scores: found 1,"
            + " expected none, or 7",
        "`\"camera\"` | `\"camera\", \"upload_id\": \" \"` | upload_id: found ' '",
        "`\"camera\"` | `\"camera\", \"session_id\": 0` | session_id: found 0",
        "`\"camera\"` | `\"webcam\"` | `kind: found \"webcam\", expected one of UPLOAD, CAMERA`",
        "`\"camera\"` | `\"camera\", \"version\": 3` | found the unknown field 'version'",
        "1080 | 0 | frame_height: found 0",
        "`\"record_id\": \"r1\"` | `\"record_id\": \"r2\"` | record_id: found 'r2' under the key 'r1'",
      })
  void whatCannotBeUsedIsRejectedWithItsReason(String valid, String broken, String reason) {
    assertThat(JSON).contains(valid);
    assertRejected(JSON.replace(valid, broken), reason);
  }

  @Test
  void nothingSeenIsNoRead() {
    String neither = JSON.substring(0, JSON.indexOf("\"vehicle\"")).strip();
    assertRejected(
        neither.substring(0, neither.length() - 1) + "}",
        "vehicle, plate: found neither, expected one of the two");
    assertRejected("", "found an empty value, expected Avro or JSON");
  }

  private static void assertRejected(String json, String reason) {
    assertThat(read("r1", json.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOfSatisfying(
            ReadRejection.class,
            rejection -> {
              assertThat(rejection.rejected().source()).isEqualTo("plateflow.reads-0");
              assertThat(rejection.rejected().position()).isEqualTo(5);
              assertThat(rejection.rejected().kind()).isEqualTo("read");
              assertThat(rejection.rejected().reason()).startsWith(reason);
            });
  }

  private static ReadRecord read(String key, byte[] value) {
    return ReadParser.read(
        new ConsumerRecord<>(Topics.READS, 0, 5, key.getBytes(StandardCharsets.UTF_8), value), NOW);
  }
}
