package io.plateflow.models.gemini;

import java.util.List;

/** The values that an answer's fields may have; {@link #NONE} stands for none in the schema. */
final class PlateValues {

  static final String NONE = "none";

  static final List<String> TEXT_COLOURS =
      List.of("black", "white", "red", "blue", "green", "yellow");

  static final List<String> BACKGROUND_COLOURS =
      List.of("white", "black", "yellow", "red", "green", "blue");

  static final List<String> ICONS =
      List.of(
          "government_seal", "police_badge", "military_star", "diplomatic_emblem", "flag", "other");

  static final List<String> ICON_COLOURS =
      List.of("red", "blue", "green", "yellow", "gold", "silver", "white", "black");

  static final List<String> TYPES =
      List.of("private", "public", "government", "police", "military", "diplomatic", "free_trade");

  private PlateValues() {}
}
