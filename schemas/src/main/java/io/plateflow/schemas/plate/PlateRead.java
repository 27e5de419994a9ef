package io.plateflow.schemas.plate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one reader saw on one picture of one plate.
 *
 * @param text normalised (A-Z, 0-9); empty where nothing could be read
 * @param confidence of the whole text, 0..1
 * @param characterScores one per character of {@code text}, 0..1
 * @param candidates the best texts, best first, {@code text} among them
 * @param date the small date line as {@code MM.YY}, or null
 * @param country ISO 3166 lower case where the grammar is clear, or null
 * @param reader which rung of the ladder read it: {@code local}, {@code tesseract}, {@code gemini}
 */
public record PlateRead(
    String text,
    double confidence,
    float[] characterScores,
    List<Candidate> candidates,
    @Nullable String date,
    @Nullable String country,
    String reader) {

  /** A text the picture could show, with its probability among the candidates, 0..1. */
  public record Candidate(String text, double score) {}

  public PlateRead {
    if (!(confidence >= 0 && confidence <= 1)) {
      throw new IllegalArgumentException(
          "Read confidence: found %s, expected 0..1".formatted(confidence));
    }
    if (characterScores.length != text.length()) {
      throw new IllegalArgumentException(
          "Character scores: found %d for '%s', expected %d"
              .formatted(characterScores.length, text, text.length()));
    }
  }

  /** A read that saw nothing. */
  public static PlateRead nothing(String reader) {
    return new PlateRead("", 0, new float[0], List.of(), null, null, reader);
  }

  public boolean isEmpty() {
    return text.isEmpty();
  }
}
