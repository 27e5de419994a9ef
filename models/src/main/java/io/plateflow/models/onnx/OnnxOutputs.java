package io.plateflow.models.onnx;

import io.plateflow.models.ModelException;
import java.util.Map;

/**
 * The outputs of a run. The values belong to the runner and hold until its next run.
 *
 * @param byName each under the name that the model gives it
 */
public record OnnxOutputs(Map<String, OnnxOutput> byName) {

  /**
   * @throws ModelException where the model has no such output
   */
  public OnnxOutput get(String name) {
    OnnxOutput output = byName.get(name);
    if (output == null) {
      throw new ModelException(
          "Model output: found %s, expected '%s'".formatted(byName.keySet(), name));
    }
    return output;
  }
}
