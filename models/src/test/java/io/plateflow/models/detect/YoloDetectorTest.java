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
  void findsInARegionWhatItWouldFindThereAlone() {
    try (PixelView frame = PixelView.of(TestPictures.black(200, 100))) {
      View wide = new View(frame, new PixelRegion(100, 20, 64, 32));
      View high = new View(frame, new PixelRegion(10, 30, 32, 64));
      View square = new View(frame, new PixelRegion(50, 10, 60, 60));

      List<List<Detection>> found = detect(8, List.of(wide, high, square, wide));

      assertThat(found.get(0)).isEqualTo(detect(8, List.of(wide)).get(0)).isNotEmpty();
      assertThat(found.get(1)).isEqualTo(detect(8, List.of(high)).get(0)).isNotEmpty();
      assertThat(found.get(2)).isEqualTo(detect(8, List.of(square)).get(0)).isNotEmpty();
      assertThat(found.get(3)).isEqualTo(found.get(0));
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
