package io.plateflow.jobs.track;

import org.jspecify.annotations.Nullable;

/**
 * What other operators know of a pass under its id.
 *
 * @param text the text that was sent on last; empty where the vehicle was told to be unread; null
 *     where nothing was sent
 * @param asked whether Gemini was asked; each pass asks once
 * @param reads how many reads agreed on the text when it was sent last
 */
public record Publication(@Nullable String text, boolean asked, int reads) {

  /** The pass is not known outside. */
  public static final Publication NONE = new Publication(null, false, 0);

  boolean isKnown() {
    return text != null || asked;
  }

  Publication announced(String newText, int agreeing) {
    return new Publication(newText, asked, agreeing);
  }

  Publication afterAsking() {
    return new Publication(text, true, reads);
  }
}
