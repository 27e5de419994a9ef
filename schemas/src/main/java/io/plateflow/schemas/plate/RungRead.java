package io.plateflow.schemas.plate;

import java.util.ArrayList;
import java.util.List;

/**
 * What one rung of the reading ladder made of a pass's plate.
 *
 * @param reader {@code local}, {@code tesseract} or {@code gemini}
 * @param text normalised; empty where it read nothing
 * @param score of the text, 0..1, in the rung's own measure
 * @param characterScores one per character of {@code text}, 0..1
 */
public record RungRead(String reader, String text, double score, List<Float> characterScores) {

  public RungRead {
    characterScores = List.copyOf(characterScores);
  }

  public static RungRead of(PlateRead read) {
    List<Float> scores = new ArrayList<>();
    for (float score : read.characterScores()) {
      scores.add(score);
    }
    return new RungRead(read.reader(), read.text(), read.confidence(), scores);
  }
}
