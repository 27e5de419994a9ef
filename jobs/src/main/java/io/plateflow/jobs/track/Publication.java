package io.plateflow.jobs.track;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What other operators know of a pass under its id.
 *
 * @param text the text that was sent on last; empty where the vehicle was told to be unread; null
 *     where nothing was sent
 * @param asked whether Gemini was asked; each pass asks once
 * @param reads how many reads agreed on the text when it was sent last
 * @param sentAt capture time of the frame that it was sent with; null where nothing was sent, and
 *     in state of before it was kept
 */
public record Publication(
    @Nullable String text, boolean asked, int reads, @Nullable Instant sentAt) {

  /** The pass is not known outside. */
  public static final Publication NONE = new Publication(null, false, 0, null);

  boolean isKnown() {
    return text != null || asked;
  }

  Publication announced(String newText, int agreeing, Instant at) {
    return new Publication(newText, asked, agreeing, at);
  }

  /** Whether it was sent less than this long ago. */
  boolean isNewerThan(Duration age, Instant now) {
    return sentAt != null && now.isBefore(sentAt.plus(age));
  }

  Publication afterAsking() {
    return new Publication(text, true, reads, sentAt);
  }
}
