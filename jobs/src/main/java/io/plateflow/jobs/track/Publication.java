package io.plateflow.jobs.track;

import org.jspecify.annotations.Nullable;

/**
 * What other operators know of a pass under its id.
 *
 * @param text the text that was sent on last, or null
 * @param asked whether Gemini was asked; each pass asks once
 */
public record Publication(@Nullable String text, boolean asked) {

  /** The pass is not known outside. */
  public static final Publication NONE = new Publication(null, false);

  boolean isKnown() {
    return text != null || asked;
  }

  Publication announced(String newText) {
    return new Publication(newText, asked);
  }

  Publication afterAsking() {
    return new Publication(text, true);
  }
}
