package io.plateflow.models.onnx;

/**
 * How a model runs.
 *
 * @param threads of one run on the CPU, at least 1
 * @param deviceIndex which GPU, from 0
 */
public record OnnxOptions(Device device, int deviceIndex, int threads) {

  public OnnxOptions {
    if (threads < 1 || deviceIndex < 0) {
      throw new IllegalArgumentException(
          "ONNX options: found %d threads on device %d, expected at least 1 and 0"
              .formatted(threads, deviceIndex));
    }
  }

  public static OnnxOptions cpu(int threads) {
    return new OnnxOptions(Device.CPU, 0, threads);
  }
}
