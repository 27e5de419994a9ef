package io.plateflow.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.models.TestPictures;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class OnnxRunnerTest {

  @Test
  void givesTheSameForAShapeHoweverOftenItComes() {
    try (OnnxModel model =
            OnnxModel.open(
                ModelSource.file(TestPictures.file("/yolo/red-car.onnx")), OnnxOptions.cpu(1));
        OnnxRunner runner = model.newRunner()) {
      for (int round = 0; round < 3; round++) {
        for (int batch : new int[] {1, 3, 2}) {
          fill(runner.input(batch, 3, 64, 64), batch);

          OnnxOutput output = runner.run().get("output0");

          assertThat(output.shape()).containsExactly(batch, 5, 64);
          for (int picture = 0; picture < batch; picture++) {
            // The last row of a picture is the mean of its red plane.
            assertThat(output.values().get((5 * picture + 4) * 64)).isEqualTo(picture + 1f);
          }
        }
      }
    }
  }

  private static void fill(FloatBuffer input, int batch) {
    assertThat(input.isDirect()).isTrue();
    assertThat(input.remaining()).isEqualTo(batch * 3 * 64 * 64);
    for (int i = 0; i < input.remaining(); i++) {
      input.put(i, i / (3 * 64 * 64) + 1f);
    }
  }
}
