package io.plateflow.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The models of the product, on this machine's processor. */
class BuiltInModelsITCase {

  private static final int HEIGHT = 192;
  private static final int WIDTH = 320;
  private static final int PICTURE = 3 * HEIGHT * WIDTH;

  /** Or what a replay finds would depend on which frames happened to come together. */
  @ParameterizedTest
  @ValueSource(strings = {"/models/vehicle/vehicle.onnx", "/models/plate/plate.onnx"})
  void giveTheSameWhateverAPictureIsBatchedWith(String model) {
    try (OnnxModel one = open(model, 1);
        OnnxModel two = open(model, 2)) {
      float[] alone = run(one, 1, 0);
      for (int batch : new int[] {2, 3, 8}) {
        for (int place : new int[] {0, batch - 1}) {
          assertThat(run(one, batch, place)).isEqualTo(alone);
          assertThat(run(two, batch, place)).as("with two threads").isEqualTo(alone);
        }
      }
    }
  }

  private static OnnxModel open(String model, int threads) {
    return OnnxModel.open(ModelSource.fileOr(null, model), OnnxOptions.cpu(threads));
  }

  /** All values that the model gives for the same picture, at a place in a batch of others. */
  private static float[] run(OnnxModel model, int batch, int place) {
    try (OnnxRunner runner = model.newRunner()) {
      FloatBuffer input = runner.input(batch, 3, HEIGHT, WIDTH);
      Random others = new Random(batch + place);
      Random picture = new Random(5);
      for (int b = 0; b < batch; b++) {
        for (int i = 0; i < PICTURE; i++) {
          input.put(b * PICTURE + i, (b == place ? picture : others).nextFloat());
        }
      }
      FloatBuffer values = runner.run().get(model.outputNames().get(0)).values();
      float[] own = new float[values.limit() / batch];
      values.get(place * own.length, own);
      return own;
    }
  }
}
