package io.plateflow.models.read;

import io.plateflow.models.onnx.ModelSource;
import io.plateflow.models.onnx.OnnxModel;
import io.plateflow.models.onnx.OnnxOptions;

/** A loaded reader network and what it takes and gives. */
record ReaderNetwork(OnnxModel model, ReaderLayout layout) implements AutoCloseable {

  /**
   * @throws io.plateflow.models.ModelException where the model is missing or no plate reader
   */
  static ReaderNetwork open(ModelSource source, OnnxOptions options) {
    OnnxModel model = OnnxModel.open(source, options);
    try {
      return new ReaderNetwork(model, ReaderLayout.of(model));
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
