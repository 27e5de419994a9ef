package io.plateflow.models.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plateflow.models.ModelException;
import io.plateflow.models.TestPictures;
import io.plateflow.models.config.ConfigCheck;
import io.plateflow.models.onnx.Device;
import io.plateflow.schemas.detection.DetectionType;
import io.plateflow.schemas.detection.PairedDetection;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.Area;
import io.plateflow.schemas.geometry.Area.Point;
import io.plateflow.schemas.geometry.DetectionAreas;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** With models that find red cars and blue plates: one cell of their 64x64 input, 8x8. */
class DetectionEngineTest {

  // Above the grey of the padding, which these models would take for something.
  private static final DetectionConfig CONFIG =
      new DetectionConfig(
          new DetectionConfig.Models(path("red-car"), path("blue-plate")),
          new DetectionConfig.Thresholds(0.55, 0.55, 25, 0.5),
          new DetectionConfig.Batching(1, 0, Duration.ZERO),
          new DetectionConfig.Processor(1, Device.CPU, 0));

  @Test
  void findsAPlateInsideItsVehicle() throws Exception {
    try (DetectionEngine engine = DetectionEngine.open(CONFIG)) {
      FrameDetections found = detect(engine, gateScene(240, 320), DetectionAreas.WHOLE_FRAME);

      assertThat(found.detections()).hasSize(1);
      PairedDetection pair = found.detections().get(0);
      assertThat(pair.type()).isEqualTo(DetectionType.VEHICLE_WITH_PLATE);
      assertThat(pair.vehicle().label()).isEqualTo("car");
      assertThat(pair.vehicle().box().centreX()).isBetween(270.0, 290.0);
      // The plate is at (300, 380); its cell of the crop is about 36 pixels wide.
      assertThat(pair.plate().box().contains(300, 380)).isTrue();
      assertThat(found.vehicleMillis()).isPositive();
      assertThat(found.plateMillis()).isPositive();
    }
  }

  @Test
  void aRequestMayHaveALowestScoreOfItsOwn() throws Exception {
    try (DetectionEngine engine = DetectionEngine.open(CONFIG)) {
      Pixels scene = gateScene(240, 320);
      double score =
          detect(engine, scene, DetectionAreas.WHOLE_FRAME).detections().get(0).plate().score();

      assertThat(plates(engine, scene, score + 0.001)).isZero();
      assertThat(plates(engine, scene, score - 0.001)).isEqualTo(1);
      // What one asks for is nothing to another.
      assertThat(detect(engine, scene, DetectionAreas.WHOLE_FRAME).detections()).hasSize(1);
    }
    try (DetectionEngine strict =
        DetectionEngine.open(
            CONFIG.withThresholds(new DetectionConfig.Thresholds(0.55, 1, 25, 0.5)))) {
      assertThat(plates(strict, gateScene(240, 320), 1)).isZero();
      assertThat(plates(strict, gateScene(240, 320), 0.55)).isEqualTo(1);
    }
  }

  private static long plates(DetectionEngine engine, Pixels pixels, double lowest)
      throws Exception {
    return engine
        .detect(pixels, DetectionAreas.WHOLE_FRAME, new DetectionChoice(lowest, false, true))
        .get(10, TimeUnit.SECONDS)
        .detections()
        .stream()
        .filter(pair -> pair.plate() != null)
        .count();
  }

  @Test
  void whoWantsVehiclesOnlyGetsNoPlates() throws Exception {
    try (DetectionEngine engine =
        DetectionEngine.open(
            CONFIG.withBatching(new DetectionConfig.Batching(1, 2, Duration.ofSeconds(5))))) {
      Pixels scene = gateScene(240, 320);
      CompletableFuture<FrameDetections> vehicles =
          engine.detect(
              scene, DetectionAreas.WHOLE_FRAME, new DetectionChoice(null, false, false, true));
      CompletableFuture<FrameDetections> all = engine.detect(scene, DetectionAreas.WHOLE_FRAME);

      assertThat(vehicles.get(10, TimeUnit.SECONDS).detections())
          .extracting(PairedDetection::type)
          .containsExactly(DetectionType.VEHICLE_WITHOUT_PLATE);
      assertThat(all.get(10, TimeUnit.SECONDS).detections())
          .extracting(PairedDetection::type)
          .containsExactly(DetectionType.VEHICLE_WITH_PLATE);
      assertThat(all.get().batch()).as("they shared a batch").isEqualTo(2);
    }
  }

  @Test
  void aSingleLookSeeksPlatesInTheWholeFrameOnly() throws Exception {
    DetectionChoice once = new DetectionChoice(null, true, true);
    try (DetectionEngine engine = DetectionEngine.open(CONFIG)) {
      Pixels frame = TestPictures.paint(TestPictures.black(640, 640), 480, 480, 80, 80, 0, 0, 255);

      assertThat(
              engine
                  .detect(frame, DetectionAreas.WHOLE_FRAME, once)
                  .get(10, TimeUnit.SECONDS)
                  .detections())
          .extracting(PairedDetection::type)
          .containsExactly(DetectionType.PLATE_WITHOUT_VEHICLE);
    }
  }

  @Test
  void looksOverTheWholeFrameWhereNoVehicleHoldsAPlate() throws Exception {
    Pixels frame = TestPictures.paint(TestPictures.black(640, 640), 480, 480, 80, 80, 0, 0, 255);
    try (DetectionEngine engine = DetectionEngine.open(CONFIG)) {
      FrameDetections found = detect(engine, frame, DetectionAreas.WHOLE_FRAME);

      assertThat(found.detections())
          .extracting(PairedDetection::type)
          .containsExactly(DetectionType.PLATE_WITHOUT_VEHICLE);
      assertThat(found.detections().get(0).plate().box().contains(520, 520)).isTrue();
    }
  }

  @Test
  void keepsToTheDetectionAreas() throws Exception {
    Area right =
        new Area(List.of(new Point(0.5, 0), new Point(1, 0), new Point(1, 1), new Point(0.5, 1)));
    DetectionAreas areas = new DetectionAreas(List.of(right), List.of());
    try (DetectionEngine engine = DetectionEngine.open(CONFIG)) {
      assertThat(detect(engine, gateScene(80, 320), areas).detections()).isEmpty();
      assertThat(detect(engine, gateScene(480, 320), areas).detections()).hasSize(1);
    }
  }

  @Test
  void seesNeitherVehicleNorPlateInIgnoredAreas() throws Exception {
    try (DetectionEngine engine = DetectionEngine.open(CONFIG)) {
      // The whole box of the car (160, 240, 400, 480), and its plate alone.
      assertThat(detect(engine, gateScene(240, 320), ignoring(150, 230, 400, 490)).detections())
          .isEmpty();
      assertThat(detect(engine, gateScene(240, 320), ignoring(275, 355, 330, 410)).detections())
          .extracting(PairedDetection::type)
          .containsExactly(DetectionType.VEHICLE_WITHOUT_PLATE);
      assertThat(detect(engine, gateScene(480, 320), ignoring(150, 230, 400, 490)).detections())
          .extracting(PairedDetection::type)
          .containsExactly(DetectionType.VEHICLE_WITH_PLATE);
    }
  }

  /** Corners in pixels of a frame of 640x640. */
  private static DetectionAreas ignoring(double x1, double y1, double x2, double y2) {
    double side = 640;
    return new DetectionAreas(
        List.of(),
        List.of(
            new Area(
                List.of(
                    new Point(x1 / side, y1 / side),
                    new Point(x2 / side, y1 / side),
                    new Point(x2 / side, y2 / side),
                    new Point(x1 / side, y2 / side)))));
  }

  @Test
  void answersEveryFrameOfABatchForItself() throws Exception {
    DetectionConfig batched =
        CONFIG.withBatching(new DetectionConfig.Batching(1, 8, Duration.ofMillis(50)));
    try (DetectionEngine engine = DetectionEngine.open(batched)) {
      List<CompletableFuture<FrameDetections>> results = new ArrayList<>();
      for (int x = 80; x <= 480; x += 80) {
        results.add(engine.detect(gateScene(x, 320), DetectionAreas.WHOLE_FRAME));
      }
      for (int i = 0; i < results.size(); i++) {
        FrameDetections found = results.get(i).get(10, TimeUnit.SECONDS);
        assertThat(found.detections()).hasSize(1);
        assertThat(found.detections().get(0).plate().box().contains(140 + 80 * i, 380)).isTrue();
      }
    }
  }

  @Test
  void failsAPoisonedFrameAlone() throws Exception {
    DetectionConfig batched =
        CONFIG.withBatching(new DetectionConfig.Batching(1, 4, Duration.ofMillis(200)));
    Pixels released = TestPictures.black(64, 64);
    released.release();
    try (DetectionEngine engine = DetectionEngine.open(batched)) {
      var first = engine.detect(gateScene(80, 320), DetectionAreas.WHOLE_FRAME);
      var poisoned = engine.detect(released, DetectionAreas.WHOLE_FRAME);
      var last = engine.detect(gateScene(160, 320), DetectionAreas.WHOLE_FRAME);

      assertThat(first.get(10, TimeUnit.SECONDS).detections()).hasSize(1);
      assertThat(last.get(10, TimeUnit.SECONDS).detections()).hasSize(1);
      assertThatThrownBy(() -> poisoned.get(10, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("64x64")
          .hasMessageContaining("released");
    }
  }

  @Test
  void takesFramesOfOddSizes() throws Exception {
    try (DetectionEngine engine = DetectionEngine.open(CONFIG)) {
      assertThat(detect(engine, TestPictures.black(1, 1), DetectionAreas.WHOLE_FRAME).detections())
          .isEmpty();
      assertThat(
              detect(engine, TestPictures.black(8000, 300), DetectionAreas.WHOLE_FRAME)
                  .detections())
          .isEmpty();
      assertThat(
              detect(engine, TestPictures.black(3, 4000), DetectionAreas.WHOLE_FRAME).detections())
          .isEmpty();
    }
  }

  @Test
  void acceptsEveryKindOfExport() throws Exception {
    for (String model : List.of("any-size", "end-to-end")) {
      DetectionConfig config =
          CONFIG.withModels(new DetectionConfig.Models(path(model), path("blue-plate")));
      try (DetectionEngine engine = DetectionEngine.open(config)) {
        FrameDetections found =
            detect(engine, TestPictures.black(640, 640), DetectionAreas.WHOLE_FRAME);

        assertThat(found.detections())
            .as(model)
            .extracting(pair -> pair.vehicle().label())
            .containsExactly("car", "motorcycle");
      }
    }
  }

  @Test
  void refusesAClassifierAtStart() {
    assertThatThrownBy(
            () ->
                DetectionEngine.open(
                    CONFIG.withModels(
                        new DetectionConfig.Models(path("red-car"), path("classifier")))))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("classifier.onnx")
        .hasMessageContaining("expected a YOLO detector");
  }

  @Test
  void isSharedUntilTheLastUserLeaves() throws Exception {
    DetectionEngine one = DetectionEngine.shared(CONFIG);
    DetectionEngine two = DetectionEngine.shared(CONFIG);
    one.close();
    one.close();

    assertThat(detect(two, gateScene(240, 320), DetectionAreas.WHOLE_FRAME).detections())
        .hasSize(1);
    two.close();
    assertThatThrownBy(() -> two.detect(TestPictures.black(8, 8), DetectionAreas.WHOLE_FRAME))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("closed");
    try (DetectionEngine again = DetectionEngine.shared(CONFIG)) {
      assertThat(detect(again, gateScene(240, 320), DetectionAreas.WHOLE_FRAME).detections())
          .hasSize(1);
    }
  }

  @Test
  void worksOffWhatWaitsWhenItIsClosed() throws Exception {
    List<CompletableFuture<FrameDetections>> results = new ArrayList<>();
    try (DetectionEngine engine = DetectionEngine.open(CONFIG)) {
      for (int i = 0; i < 20; i++) {
        results.add(engine.detect(gateScene(240, 320), DetectionAreas.WHOLE_FRAME));
      }
    }
    assertThat(results).allMatch(CompletableFuture::isDone);
    assertThat(results.get(19).get().detections()).hasSize(1);
  }

  @Test
  void checksItsConfiguration() {
    assertThatThrownBy(
            () ->
                ConfigCheck.valid(
                    new DetectionConfig(
                        new DetectionConfig.Models(null, null),
                        new DetectionConfig.Thresholds(1.5, 0.25, -1, Double.NaN),
                        new DetectionConfig.Batching(0, 0, Duration.ofSeconds(2)),
                        new DetectionConfig.Processor(0, null, 0))))
        .hasMessageContaining("thresholds.vehicleConfidence: found 1.5, expected 1 or less")
        .hasMessageContaining("thresholds.vehiclePadding: found -1")
        .hasMessageContaining("thresholds.iou: found NaN")
        .hasMessageContaining("batching.maxWait: must be between 0s and 1s")
        .hasMessageContaining("processor.threads: found 0")
        .hasMessageContaining("processor.device: must not be null");
  }

  /** A red 80x80 car with a blue plate of 40x40 at its lower right. */
  private static Pixels gateScene(int x, int y) {
    Pixels frame = TestPictures.paint(TestPictures.black(640, 640), x, y, 80, 80, 255, 0, 0);
    return TestPictures.paint(frame, x + 40, y + 40, 40, 40, 0, 0, 255);
  }

  private static FrameDetections detect(DetectionEngine engine, Pixels pixels, DetectionAreas areas)
      throws Exception {
    return engine.detect(pixels, areas).get(10, TimeUnit.SECONDS);
  }

  private static String path(String model) {
    return TestPictures.file("/yolo/" + model + ".onnx").toString();
  }
}
