package io.plateflow.jobs.config;

import io.plateflow.clients.config.ConfigSection;
import io.plateflow.jobs.pass.LadderConfig;
import io.plateflow.models.read.ReadingMode;
import io.plateflow.models.read.SecondOpinionPolicy;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which readers read plates.
 *
 * @param readers what is asked
 * @param model ONNX file of the local reader; null means the built-in one
 * @param threads of the local reader, 1..64
 * @param ladder which cameras also ask Gemini, and when
 */
public record ReadingConfig(Readers readers, String model, int threads, LadderConfig ladder)
    implements Serializable {

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
        s.integer("threads", 1, 1, 64),
        ladder(s));
  }

  private static LadderConfig ladder(ConfigSection s) {
    SecondOpinionPolicy d = SecondOpinionPolicy.DEFAULT;
    ReadingMode mode = s.oneOf("policy", ReadingMode.class, ReadingMode.LOCAL_FIRST);
    ConfigSection named = s.section("camera-policies");
    Map<String, ReadingMode> cameras = new TreeMap<>();
    named.keys().forEach(id -> cameras.put(id, named.oneOf(id, ReadingMode.class, mode)));
    return new LadderConfig(
        mode,
        cameras,
        new SecondOpinionPolicy(
            s.decimal("sure-score", d.sureScore(), 0, 1),
            s.decimal("sampled-share", d.sampledShare(), 0, 1)));
  }
}
