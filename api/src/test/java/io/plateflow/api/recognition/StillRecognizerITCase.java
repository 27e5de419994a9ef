package io.plateflow.api.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plateflow.api.http.Refusal;
import io.plateflow.api.testing.Clip;
import io.plateflow.clients.http.StillsConfig;
import io.plateflow.models.engine.DetectionConfig;
import io.plateflow.models.read.ReaderConfig;
import io.plateflow.models.recognition.PlateOnVehicle;
import io.plateflow.models.recognition.RecognizedImage;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With the models of the product. */
class StillRecognizerITCase {

  private static StillRecognizer recognizer;

  @BeforeAll
  static void open() {
    // One works, none may wait.
    recognizer =
        StillRecognizer.open(
            DetectionConfig.DEFAULT,
            ReaderConfig.DEFAULT,
            new StillsConfig(1, 0, Duration.ofSeconds(1), 1, 1));
  }

  @AfterAll
  static void close() {
    recognizer.close();
  }

  private static RecognizedImage recognized(byte[] picture, StillScope scope) {
    return recognizer.recognize(picture, "file", StillOptions.of(scope), (pixels, image) -> image);
  }

  @Test
  void eachScopeSeesAsFarAsItGoes() {
    byte[] car = Clip.car();

    RecognizedImage vehicles = recognized(car, StillScope.VEHICLES);
    assertThat(vehicles.detections())
        .isNotEmpty()
        .allSatisfy(
            each -> {
              assertThat(each.detection().vehicle()).isNotNull();
              assertThat(each.detection().plate()).isNull();
            });

    RecognizedImage plates = recognized(car, StillScope.PLATES);
    assertThat(plates.detections())
        .anySatisfy(each -> assertThat(each.detection().plate()).isNotNull())
        .allSatisfy(each -> assertThat(each.read()).isNull());

    RecognizedImage all = recognized(car, StillScope.ALL);
    assertThat(all.detections())
        .extracting(PlateOnVehicle::detection)
        .containsExactlyElementsOf(
            plates.detections().stream().map(PlateOnVehicle::detection).toList());
    assertThat(all.detections())
        .anySatisfy(each -> assertThat(each.read().text()).isEqualTo(Clip.PLATE));
  }

  @Test
  void aPictureOfOnePlateIsReadWhole() {
    RecognizedImage image = recognized(Clip.plate(), StillScope.ONE_PLATE);

    assertThat(image.detections()).hasSize(1);
    PlateOnVehicle plate = image.detections().get(0);
    assertThat(plate.read().text()).isEqualTo(Clip.PLATE);
    assertThat(plate.attributes().number()).isEqualTo("B 1876 KJR");
    assertThat(plate.attributes().regionCode()).isEqualTo("B");
    assertThat(plate.detection().plate().box().width()).isEqualTo(image.width());
  }

  @Test
  void whatFindsNoPlaceIsRefusedInEveryScope() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    CompletableFuture<Boolean> busy =
        CompletableFuture.supplyAsync(
            () ->
                recognizer.recognize(
                    Clip.plate(),
                    "file",
                    StillOptions.of(StillScope.ONE_PLATE),
                    (pixels, image) -> {
                      begun.countDown();
                      try {
                        return end.await(30, TimeUnit.SECONDS);
                      } catch (InterruptedException e) {
                        return false;
                      }
                    }));
    assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
    for (StillScope scope : StillScope.values()) {
      assertThatThrownBy(() -> recognized(Clip.plate(), scope))
          .as("%s", scope)
          .isInstanceOfSatisfying(
              Refusal.class, e -> assertThat(e.kind()).isEqualTo(Refusal.Kind.BUSY));
    }
    end.countDown();
    assertThat(busy.get(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whatIsNoPictureIsRefusedByItsField() {
    for (StillScope scope : StillScope.values()) {
      assertThatThrownBy(() -> recognized(new byte[20], scope))
          .as("%s", scope)
          .isInstanceOfSatisfying(Refusal.class, e -> assertThat(e.field()).isEqualTo("file"));
    }
  }
}
