package io.plateflow.models.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.models.TestPictures;
import io.plateflow.models.detect.YoloDetector.View;
import io.plateflow.models.image.PixelRegion;
import io.plateflow.models.image.PixelView;
import io.plateflow.models.onnx.ModelSource;
import io.plateflow.models.onnx.OnnxOptions;
import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.geometry.BoundingBox;
import java.util.List;
import org.junit.jupiter.api.Test;

/** With a model that puts a car at 16..48 by 24..40 of its input, whatever it is shown. */
class YoloDetectorTest {

  @Test
  void sharesOneShapeAmongRegionsOfABatch() {
    try (PixelView frame = PixelView.of(TestPictures.black(200, 100))) {
      View wide = new View(frame, new PixelRegion(100, 20, 64, 32));
      View high = new View(frame, new PixelRegion(10, 30, 32, 64));

      List<List<Detection>> found = detect(2, List.of(wide, high));

      // Both lie in a 64x64 input, the one with 16 rows above it, the other with 16 columns before.
      assertThat(cars(found.get(0))).containsExactly(new BoundingBox(116, 28, 148, 44));
      assertThat(cars(found.get(1))).containsExactly(new BoundingBox(10, 54, 42, 70));
    }
  }

  @Test
  void findsTheSameInBatchesOfAnySize() {
    try (PixelView frame = PixelView.of(TestPictures.black(200, 100))) {
      View view = new View(frame, new PixelRegion(3, 5, 64, 64));
      for (int batch : new int[] {1, 2, 4}) {
        List<List<Detection>> found = detect(batch, List.of(view, view, view));

        assertThat(found).hasSize(3);
        assertThat(found)
            .allSatisfy(
                one -> assertThat(cars(one)).containsExactly(new BoundingBox(19, 29, 51, 45)));
      }
    }
  }

  @Test
  void findsNothingInNothing() {
    assertThat(detect(2, List.of())).isEmpty();
  }

  private static List<List<Detection>> detect(int maxBatch, List<View> views) {
    ModelSource source = ModelSource.file(TestPictures.file("/yolo/any-size.onnx"));
    try (YoloModel model = YoloModel.open(source, OnnxOptions.cpu(1), LabelSelection::vehicles);
        YoloDetector detector = new YoloDetector(model, 0.25, 0.5, maxBatch)) {
      return detector.detect(views, 64);
    }
  }

  private static List<BoundingBox> cars(List<Detection> detections) {
    return detections.stream().filter(d -> d.label().equals("car")).map(Detection::box).toList();
  }
}
