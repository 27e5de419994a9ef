package io.plateflow.models.read;

import io.plateflow.models.onnx.ModelSource;
import io.plateflow.models.onnx.OnnxModel;
import io.plateflow.models.onnx.OnnxOptions;

/** A loaded reader network and what it takes and gives. */
record OcrNetwork(OnnxModel model, OcrLayout layout) implements AutoCloseable {

  /**
   * @throws io.plateflow.models.ModelException where the model is missing or no plate reader
   */
  static OcrNetwork open(ModelSource source, OnnxOptions options) {
    OnnxModel model = OnnxModel.open(source, options);
    try {
      return new OcrNetwork(model, OcrLayout.of(model));
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
