package io.plateflow.models.recognition;

import io.plateflow.schemas.geometry.DetectionAreas;
import java.util.List;

/**
 * What the caller knows of one picture and wants of it.
 *
 * @param regions expected countries, ISO 3166 lower case, most likely first; empty means any
 */
public record RecognitionRequest(List<String> regions, DetectionAreas areas) {

  /** Plates of any country, anywhere in the picture. */
  public static final RecognitionRequest DEFAULT =
      new RecognitionRequest(List.of(), DetectionAreas.WHOLE_FRAME);

  public RecognitionRequest {
    regions = List.copyOf(regions);
  }
}
