package io.plateflow.models.attributes;

import io.plateflow.models.grammar.PlateMatch;
import org.jspecify.annotations.Nullable;

/** What kind of vehicle a plate stands for, from its format and colours. */
final class PlateType {

  private PlateType() {}

  /**
   * @param match the format of the text, or null
   * @param country of the plate, or null where it is not clear
   * @param colours or null where they could not be seen
   * @return null where neither shows it
   */
  static @Nullable String of(
      @Nullable PlateMatch match, @Nullable String country, @Nullable PlateColours colours) {
    if (match != null && match.type() != null && match.formatCountry().equals(country)) {
      return match.type();
    }
    if (country == null || colours == null) {
      return null;
    }
    return switch (country) {
      case "id" -> indonesian(colours);
      case "vn" ->
          switch (colours.background()) {
            case "yellow" -> "public";
            case "blue" -> "government";
            case "red" -> "military";
            default -> "private";
          };
      case "br" -> colours.background().equals("red") ? "public" : "private";
      default -> null;
    };
  }

  private static String indonesian(PlateColours colours) {
    return switch (colours.background()) {
      case "yellow" -> "public";
      case "red" -> "government";
      case "green" -> "free_trade";
      default -> "private";
    };
  }
}
