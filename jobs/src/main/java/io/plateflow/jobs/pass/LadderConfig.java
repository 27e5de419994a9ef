package io.plateflow.jobs.pass;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.plateflow.models.read.ReadingMode;
import io.plateflow.models.read.SecondOpinionConfig;
import java.io.Serializable;
import java.util.Map;

/**
 * Which rungs read plates, and when the second one is asked.
 *
 * @param mode of every camera that is not named in {@code cameras}
 * @param cameras modes of single cameras, by id
 * @param doubt which local readings are asked about
 */
public record LadderConfig(
    @JsonProperty("policy") ReadingMode mode,
    @JsonProperty("camera-policies") Map<String, ReadingMode> cameras,
    @JsonUnwrapped SecondOpinionConfig doubt)
    implements Serializable {

  public static final LadderConfig DEFAULT =
      new LadderConfig(ReadingMode.LOCAL_FIRST, Map.of(), SecondOpinionConfig.DEFAULT);

  /** Local rungs only. */
  public static final LadderConfig LOCAL =
      new LadderConfig(ReadingMode.LOCAL_ONLY, Map.of(), SecondOpinionConfig.DEFAULT);

  public LadderConfig {
    cameras = Map.copyOf(cameras);
  }

  public ReadingMode of(String cameraId) {
    return cameras.getOrDefault(cameraId, mode);
  }

  /** Whether any camera may ask Gemini. */
  public boolean gemini() {
    return mode.gemini() || cameras.values().stream().anyMatch(ReadingMode::gemini);
  }

  /** The same without Gemini; every camera is read locally. */
  public LadderConfig withoutGemini() {
    return new LadderConfig(ReadingMode.LOCAL_ONLY, Map.of(), doubt);
  }
}
