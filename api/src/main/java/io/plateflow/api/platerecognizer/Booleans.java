package io.plateflow.api.platerecognizer;

import io.plateflow.api.http.Refusal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Booleans as clients write them. */
final class Booleans {

  private Booleans() {}

  /**
   * @param text null counts as no
   */
  static boolean of(String field, @Nullable String text) {
    return switch (text == null ? "" : text.strip().toLowerCase(Locale.ROOT)) {
      case "true", "1", "yes", "on" -> true;
      case "", "false", "0", "no", "off", "none", "null" -> false;
      default -> throw Refusal.field(field, "Must be a valid boolean.");
    };
  }
}
