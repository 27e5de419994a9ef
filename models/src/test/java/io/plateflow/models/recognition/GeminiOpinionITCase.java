package io.plateflow.models.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.models.gemini.GeminiConfig;
import io.plateflow.models.gemini.GeminiKey;
import io.plateflow.models.gemini.GeminiRecognizer;
import io.plateflow.models.gemini.LocalBuckets;
import io.plateflow.models.read.ReadingMode;
import io.plateflow.models.testing.GeminiBehaviour;
import io.plateflow.models.testing.GeminiStub;
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
class GeminiOpinionITCase {

  private GeminiStub stub;

  @BeforeEach
  void start() throws IOException {
    stub = GeminiStub.start().reading(jpeg -> "D 4321 XY");
  }

  @AfterEach
  void stop() {
    stub.close();
  }

  private RecognizedPlate read(ReadingMode mode, String localText, double localConfidence) {
    GeminiConfig config =
        GeminiConfig.DEFAULT
            .withEndpoint(
                GeminiConfig.DEFAULT
                    .endpoint()
                    .withBaseUrl(stub.url())
                    .withKey(GeminiKey.of("test-key")))
            .withBatching(new GeminiConfig.Batching(8, Duration.ofMillis(5), 100, 4))
            .withRetry(new GeminiConfig.Retry(1, Duration.ofMillis(5)));
    PlateRead read =
        new PlateRead(
            localText,
            localConfidence,
            new float[localText.length()],
            List.of(),
            null,
            "id",
            "local");
    Pixels pixels = new Pixels(ByteBuffer.allocateDirect(100 * 50 * 3), 100, 50);
    BoundingBox box = new BoundingBox(20, 10, 80, 40);
    try (GeminiRecognizer gemini = GeminiRecognizer.open(config, LocalBuckets.budget(config));
        PlateRecognizer local = new PlateRecognizer((picture, plate, regions) -> read)) {
      return new GeminiOpinion(mode, gemini)
          .on(local.recognize(pixels, box, List.of()), pixels, box, List.of())
          .join();
    }
  }

  @Test
  void localFirstAsksNobodyWhereItIsSure() {
    assertThat(read(ReadingMode.LOCAL_FIRST, "B1234CD", 0.95).read().reader()).isEqualTo("local");
    assertThat(stub.seen()).isEmpty();
  }

  @Test
  void localFirstAsksWhereItIsUnsure() {
    RecognizedPlate result = read(ReadingMode.LOCAL_FIRST, "B1234CD", 0.4);
    assertThat(result.read().text()).isEqualTo("D4321XY");
    assertThat(result.read().reader()).isEqualTo("gemini");
    assertThat(result.attributes().regionCode()).isEqualTo("D");
    assertThat(stub.seen()).hasSize(1);
  }

  @Test
  void localFirstAsksWhereNoPlateSaysThat() {
    assertThat(read(ReadingMode.LOCAL_FIRST, "QQQQQQQQQ", 0.99).read().text()).isEqualTo("D4321XY");
  }

  @Test
  void localFirstKeepsItsOwnWhereOnlyThatFollowsAFormat() {
    stub.reading(jpeg -> "QQQQ QQQQQ");
    assertThat(read(ReadingMode.LOCAL_FIRST, "B1234CD", 0.4).read().text()).isEqualTo("B1234CD");
  }

  @Test
  void geminiFirstFallsBackToLocal() {
    assertThat(read(ReadingMode.GEMINI_FIRST, "B1234CD", 0.95).read().text()).isEqualTo("D4321XY");
    stub.answering(GeminiBehaviour.UNAVAILABLE);
    assertThat(read(ReadingMode.GEMINI_FIRST, "B1234CD", 0.95).read().text()).isEqualTo("B1234CD");
  }

  @Test
  void geminiOnlyDoesNot() {
    stub.answering(GeminiBehaviour.UNAVAILABLE);
    RecognizedPlate result = read(ReadingMode.GEMINI_ONLY, "B1234CD", 0.95);
    assertThat(result.read().isEmpty()).isTrue();
    assertThat(result.read().reader()).isEqualTo("gemini");
    assertThat(result.attributes().number()).isEmpty();
  }
}
