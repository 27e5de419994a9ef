package io.plateflow.models.consensus;

import io.plateflow.schemas.plate.PlateRead;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the reads of a track agree on.
 *
 * @param text normalised; empty where nothing was read
 * @param confidence 0..1
 * @param characterScores one per character: the share of the votes that it got, times how sure
 *     those were, 0..1
 * @param candidates the best texts, best first
 * @param agreeingReads how many reads say {@code text}
 * @param reads how many there were, those that read nothing among them
 * @param winner the surest read of {@code text}, or of what comes nearest; null where nothing was
 *     read
 * @param date {@code MM.YY}, or null
 */
public record ConsensusText(
    String text,
    double confidence,
    float[] characterScores,
    List<PlateRead.Candidate> candidates,
    int agreeingReads,
    int reads,
    @Nullable PlateRead winner,
    @Nullable String date) {

  static ConsensusText nothing(int reads) {
    return new ConsensusText("", 0, new float[0], List.of(), 0, reads, null, null);
  }

  public boolean isEmpty() {
    return text.isEmpty();
  }
}
