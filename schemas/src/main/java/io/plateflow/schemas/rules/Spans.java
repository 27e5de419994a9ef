package io.plateflow.schemas.rules;

import io.plateflow.schemas.config.DurationText;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Durations of rules and sites, as people write them. */
final class Spans {

  private Spans() {}

  /**
   * @param what names it in the error
   * @throws IllegalArgumentException where it is no duration
   */
  static Duration parse(String what, String text) {
    try {
      return DurationText.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(what + ": " + e.getMessage(), e);
    }
  }

  /**
   * @param text null is none
   * @throws IllegalArgumentException where it is no duration above zero, or too long
   */
  static void require(String what, @Nullable String text, Duration longest) {
    if (text == null) {
      return;
    }
    Duration found = parse(what, text);
    if (found.isZero() || found.compareTo(longest) > 0) {
      throw new IllegalArgumentException(
          "%s: found %s, expected more than 0 and at most %s"
              .formatted(what, text, DurationText.format(longest)));
    }
  }
}
