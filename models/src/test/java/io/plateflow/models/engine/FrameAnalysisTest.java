package io.plateflow.models.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.models.TestPictures;
import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.geometry.DetectionAreas;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameAnalysisTest {

  @Test
  void aPlateThatFillsThePictureTakesThePlaceOfItsParts() {
    try (FrameAnalysis frame = analysis()) {
      frame.platesFoundInFrame(List.of(plate(0.6, 10, 200), plate(0.55, 205, 310)));
      assertThat(frame.mayBeCloseUp()).isTrue();

      frame.closeUpFound(List.of(plate(0.45, 2, 318)));

      assertThat(frame.hasSurePlate()).isTrue();
      assertThat(plateLefts(frame)).containsExactly(2.0);
    }
  }

  @Test
  void aSmallOrDoubtfulFindIsNoCloseUp() {
    try (FrameAnalysis frame = analysis()) {
      frame.platesFoundInFrame(List.of(plate(0.6, 10, 200)));
      frame.closeUpFound(List.of(plate(0.9, 40, 180), plate(0.39, 2, 318)));
      assertThat(plateLefts(frame)).containsExactly(10.0);
    }
  }

  @Test
  void aPictureWithASureAndSmallPlateIsNotLookedAtAgain() {
    try (FrameAnalysis frame = analysis()) {
      assertThat(frame.mayBeCloseUp()).isTrue();
      frame.platesFoundInFrame(List.of(plate(0.6, 10, 90)));
      assertThat(frame.mayBeCloseUp()).isFalse();
    }
  }

  private static FrameAnalysis analysis() {
    return new FrameAnalysis(TestPictures.black(320, 100), DetectionAreas.WHOLE_FRAME, 0.25, false);
  }

  private static List<Double> plateLefts(FrameAnalysis frame) {
    return frame.result(0, 0, 1).detections().stream().map(p -> p.plate().box().x1()).toList();
  }

  private static Detection plate(double score, double x1, double x2) {
    return new Detection("plate", score, new BoundingBox(x1, 10, x2, 90));
  }
}
