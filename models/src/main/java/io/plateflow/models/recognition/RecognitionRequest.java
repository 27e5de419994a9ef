package io.plateflow.models.recognition;

import io.plateflow.schemas.geometry.Area;
import java.util.List;

/**
 * What the caller knows of one picture and wants of it.
 *
 * @param regions expected countries, ISO 3166 lower case, most likely first; empty means any
 * @param areas where vehicles and plates are looked for; empty means the whole picture
 */
public record RecognitionRequest(List<String> regions, List<Area> areas) {

  /** Plates of any country, anywhere in the picture. */
  public static final RecognitionRequest DEFAULT = new RecognitionRequest(List.of(), List.of());

  public RecognitionRequest {
    regions = List.copyOf(regions);
    areas = List.copyOf(areas);
  }
}
