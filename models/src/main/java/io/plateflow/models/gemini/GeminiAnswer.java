package io.plateflow.models.gemini;

import io.plateflow.schemas.plate.PlateAttributes;
import io.plateflow.schemas.plate.PlateRead;
import org.jspecify.annotations.Nullable;

/**
 * What became of one crop.
 *
 * @param read by {@code gemini}; empty unless the outcome is {@link Outcome#READ}
 * @param attributes null unless the outcome is {@link Outcome#READ}
 * @param detail the reason where it was not read, else empty; fit for logs
 */
public record GeminiAnswer(
    Outcome outcome, PlateRead read, @Nullable PlateAttributes attributes, String detail) {

  static final String READER = "gemini";

  /** How it ended. */
  public enum Outcome {
    /** A text was read. */
    READ,
    /** Gemini looked at it and could not read it. */
    UNREADABLE,
    /** Every attempt failed, or the answer could not be used. */
    FAILED,
    /** No request was allowed in time: a limit of ours or of the API's, or the budget is away. */
    OVER_BUDGET,
    /** Nothing is sent at present, because the last requests failed. */
    BREAKER_OPEN,
    /** The deadline came first. */
    TIMED_OUT,
    /** There is no key. */
    NO_KEY
  }

  static GeminiAnswer read(PlateRead read, PlateAttributes attributes) {
    return new GeminiAnswer(Outcome.READ, read, attributes, "");
  }

  static GeminiAnswer without(Outcome outcome, String detail) {
    return new GeminiAnswer(outcome, PlateRead.nothing(READER), null, detail);
  }
}
