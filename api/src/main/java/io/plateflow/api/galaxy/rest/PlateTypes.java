package io.plateflow.api.galaxy.rest;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Types of plates: the words of this API, and those of the tables. */
final class PlateTypes {

  private static final String PRIVATE = "private";
  private static final String REGULAR = "Regular";

  private PlateTypes() {}

  /** {@code Regular} for private ones, else the word with a capital; empty where none is known. */
  static String shown(@Nullable String type) {
    return type == null || type.equals("unknown")
        ? ""
        : type.equals(PRIVATE) ? REGULAR : capital(type.replace('_', ' '));
  }

  /** Takes either. */
  static String stored(String shown) {
    String word = shown.strip().toLowerCase(Locale.ROOT).replace(' ', '_');
    return word.equalsIgnoreCase(REGULAR) ? PRIVATE : word;
  }

  /** With a capital at its beginning; empty where there is none. */
  static String capital(@Nullable String word) {
    return word == null || word.isEmpty()
        ? ""
        : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }
}
