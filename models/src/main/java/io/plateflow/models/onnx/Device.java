package io.plateflow.models.onnx;

import java.util.Locale;

/** Where the models run. */
public enum Device {
  /** CUDA where its provider loads and a GPU is there, else the CPU. */
  AUTO,
  CPU,
  /** CUDA, or a failure at start. */
  CUDA;

  /** As written in configuration: {@code auto}, {@code cpu}, {@code cuda}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
