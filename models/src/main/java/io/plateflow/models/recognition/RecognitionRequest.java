package io.plateflow.models.recognition;

import io.plateflow.models.engine.DetectionChoice;
import io.plateflow.schemas.geometry.DetectionAreas;
import java.util.List;

/**
 * What the caller knows of one picture and wants of it.
 *
 * @param regions expected countries, ISO 3166 lower case, most likely first; empty means any
 */
public record RecognitionRequest(
    List<String> regions, DetectionAreas areas, DetectionChoice choice) {

  /** Plates of any country, anywhere in the picture. */
  public static final RecognitionRequest DEFAULT =
      new RecognitionRequest(List.of(), DetectionAreas.WHOLE_FRAME);

  /** Detected as configured. */
  public RecognitionRequest(List<String> regions, DetectionAreas areas) {
    this(regions, areas, DetectionChoice.LIVE);
  }

  public RecognitionRequest {
    regions = List.copyOf(regions);
  }
}
