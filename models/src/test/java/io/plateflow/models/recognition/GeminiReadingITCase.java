package io.plateflow.models.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.models.gemini.GeminiConfig;
import io.plateflow.models.gemini.GeminiKey;
import io.plateflow.models.gemini.GeminiReader;
import io.plateflow.models.gemini.LocalBuckets;
import io.plateflow.models.gemini.stub.Behaviour;
import io.plateflow.models.gemini.stub.GeminiStub;
import io.plateflow.models.read.PlateReader;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.plate.PlateRead;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GeminiReadingITCase {

  private GeminiStub stub;

  @BeforeEach
  void start() throws IOException {
    stub = GeminiStub.start().reading(jpeg -> "D 4321 XY");
  }

  @AfterEach
  void stop() {
    stub.close();
  }

  private StillReading.Result read(OcrChoice choice, String localText, double localConfidence) {
    GeminiConfig config =
        GeminiConfig.DEFAULTS
            .withServer(stub.url(), GeminiKey.of("test-key"))
            .withBatch(8, Duration.ofMillis(5), 100)
            .withAttempts(1, Duration.ofMillis(5));
    PlateRead read =
        new PlateRead(
            localText,
            localConfidence,
            new float[localText.length()],
            List.of(),
            null,
            "id",
            "local");
    PlateReader reader = (pixels, box, regions) -> read;
    try (StillReading reading =
        new GeminiReading(
            choice,
            new LocalReading(reader),
            GeminiReader.open(config, LocalBuckets.budget(config)))) {
      Pixels pixels = new Pixels(ByteBuffer.allocateDirect(100 * 50 * 3), 100, 50);
      return reading.read(pixels, new BoundingBox(20, 10, 80, 40), List.of()).join();
    }
  }

  @Test
  void localFirstAsksNobodyWhereItIsSure() {
    assertThat(read(OcrChoice.LOCAL_FIRST, "B1234CD", 0.95).read().reader()).isEqualTo("local");
    assertThat(stub.seen()).isEmpty();
  }

  @Test
  void localFirstAsksWhereItIsUnsure() {
    StillReading.Result result = read(OcrChoice.LOCAL_FIRST, "B1234CD", 0.4);
    assertThat(result.read().text()).isEqualTo("D4321XY");
    assertThat(result.read().reader()).isEqualTo("gemini");
    assertThat(result.attributes().regionCode()).isEqualTo("D");
    assertThat(stub.seen()).hasSize(1);
  }

  @Test
  void localFirstAsksWhereNoPlateSaysThat() {
    assertThat(read(OcrChoice.LOCAL_FIRST, "QQQQQQQQQ", 0.99).read().text()).isEqualTo("D4321XY");
  }

  @Test
  void localFirstKeepsItsOwnWhereOnlyThatFollowsAFormat() {
    stub.reading(jpeg -> "QQQQ QQQQQ");
    assertThat(read(OcrChoice.LOCAL_FIRST, "B1234CD", 0.4).read().text()).isEqualTo("B1234CD");
  }

  @Test
  void geminiFirstFallsBackToLocal() {
    assertThat(read(OcrChoice.GEMINI_FIRST, "B1234CD", 0.95).read().text()).isEqualTo("D4321XY");
    stub.answering(Behaviour.UNAVAILABLE);
    assertThat(read(OcrChoice.GEMINI_FIRST, "B1234CD", 0.95).read().text()).isEqualTo("B1234CD");
  }

  @Test
  void geminiOnlyDoesNot() {
    stub.answering(Behaviour.UNAVAILABLE);
    StillReading.Result result = read(OcrChoice.GEMINI_ONLY, "B1234CD", 0.95);
    assertThat(result.read().isEmpty()).isTrue();
    assertThat(result.read().reader()).isEqualTo("gemini");
    assertThat(result.attributes().number()).isEmpty();
  }
}
