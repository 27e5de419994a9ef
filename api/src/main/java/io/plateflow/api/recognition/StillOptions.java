package io.plateflow.api.recognition;

import io.plateflow.models.engine.DetectionChoice;
import io.plateflow.models.recognition.RecognitionRequest;
import io.plateflow.schemas.geometry.DetectionAreas;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one picture wants.
 *
 * @param regions expected countries, ISO 3166 lower case, most likely first; empty means any
 * @param plateConfidence lowest score of a plate that counts, 0..1; null takes the configured one
 * @param singleLook whether plates are sought once, in the whole picture
 */
public record StillOptions(
    List<String> regions, @Nullable Double plateConfidence, boolean singleLook, StillScope scope) {

  /** Vehicles, plates and their texts. */
  public StillOptions(List<String> regions, @Nullable Double plateConfidence, boolean singleLook) {
    this(regions, plateConfidence, singleLook, StillScope.ALL);
  }

  /** As configured, as far as the scope goes. */
  public static StillOptions of(StillScope scope) {
    return new StillOptions(List.of(), null, false, scope);
  }

  public StillOptions {
    regions = List.copyOf(regions);
  }

  RecognitionRequest request() {
    return new RecognitionRequest(
        regions,
        DetectionAreas.WHOLE_FRAME,
        new DetectionChoice(plateConfidence, singleLook, true, scope == StillScope.VEHICLES));
  }
}
