package io.plateflow.jobs.config;

import io.plateflow.connectors.config.ConfigSection;
import java.io.Serializable;

/**
 * Which readers read plates.
 *
 * @param readers what is asked
 * @param model ONNX file of the local reader; null means the built-in one
 * @param threads of the local reader, 1..64
 */
public record ReadingConfig(Readers readers, String model, int threads) implements Serializable {

  /** The rungs that are used. */
  public enum Readers {
    /** The local ONNX reader, then Tesseract where it read nothing usable. */
    LADDER,
    /** The local ONNX reader alone. */
    LOCAL,
    /** Tesseract alone. */
    TESSERACT
  }

  static ReadingConfig parse(ConfigSection s) {
    return new ReadingConfig(
        s.oneOf("readers", Readers.class, Readers.LADDER),
        s.string("model", null),
        s.integer("threads", 1, 1, 64));
  }
}
