package io.plateflow.models.consensus;

import io.plateflow.models.grammar.PlateGrammar;
import io.plateflow.models.read.ReadingMode;
import io.plateflow.schemas.plate.PlateRead;
import java.util.List;

/**
 * Makes one text of what the local rungs agreed on and what Gemini answered. Where they differ, the
 * scores of the characters and the grammar decide, as among the reads of a track ({@link
 * PlateConsensus}). Thread-safe.
 */
public final class RungFusion {

  /** A language model's own score is mostly near one, whether it is right or not. */
  private static final double MOST_BELIEVED = 0.9;

  private final PlateGrammar grammar;
  private final PlateConsensus consensus;

  /**
   * What holds, and why.
   *
   * @param decision for people and for the row; starts with the reader whose text holds, or with
   *     {@code vote} where it is neither's
   */
  public record Fused(PlateRead read, String decision) {}

  /**
   * @param grammarWeight factor on the grammar's log-prior
   */
  public RungFusion(PlateGrammar grammar, double grammarWeight) {
    this.grammar = grammar;
    this.consensus = new PlateConsensus(grammar, grammarWeight);
  }

  /**
   * @param local what the track's reads agree on, with their candidates; may be empty
   * @param gemini the answer; may be empty
   * @param regions countries that are expected; empty means any
   */
  public Fused fuse(PlateRead local, PlateRead gemini, ReadingMode mode, List<String> regions) {
    if (gemini.isEmpty()) {
      return new Fused(
          local, local.isEmpty() ? "none: unread by all" : "local: gemini read nothing");
    }
    PlateRead capped = believed(gemini);
    if (local.isEmpty()) {
      return new Fused(dated(capped, local), "gemini: unread locally");
    }
    if (local.text().equals(gemini.text())) {
      double doubt = (1 - local.confidence()) * (1 - capped.confidence());
      return new Fused(
          read(
              local.text(), Math.max(local.confidence(), 1 - doubt), local, capped, local.reader()),
          "local: gemini agrees");
    }
    boolean follows = grammar.follows(gemini.text(), regions);
    if (mode != ReadingMode.LOCAL_FIRST && (follows || !grammar.follows(local.text(), regions))) {
      return new Fused(dated(capped, local), "gemini: asked first");
    }
    ConsensusText agreed = consensus.agree(List.of(local, capped), regions);
    PlateRead fused =
        read(agreed.text(), agreed.confidence(), local, capped, winner(agreed, local, capped));
    String why = ": characters and grammar against " + other(agreed.text(), local, capped);
    return new Fused(fused, name(agreed.text(), local, capped) + why);
  }

  private static PlateRead believed(PlateRead read) {
    double confidence = Math.min(MOST_BELIEVED, read.confidence());
    float[] characters = new float[read.text().length()];
    for (int i = 0; i < characters.length; i++) {
      characters[i] = (float) Math.min(MOST_BELIEVED, read.characterScores()[i]);
    }
    return new PlateRead(
        read.text(),
        confidence,
        characters,
        read.candidates(),
        read.date(),
        read.country(),
        read.reader());
  }

  private static PlateRead dated(PlateRead read, PlateRead other) {
    return read(read.text(), read.confidence(), other, read, read.reader());
  }

  private static PlateRead read(
      String text, double confidence, PlateRead local, PlateRead gemini, String reader) {
    return new PlateRead(
        text,
        confidence,
        new float[text.length()],
        List.of(),
        gemini.date() != null ? gemini.date() : local.date(),
        text.equals(local.text()) || gemini.country() == null ? local.country() : gemini.country(),
        reader);
  }

  private static String winner(ConsensusText agreed, PlateRead local, PlateRead gemini) {
    return agreed.text().equals(gemini.text()) ? gemini.reader() : local.reader();
  }

  private static String name(String text, PlateRead local, PlateRead gemini) {
    if (text.equals(gemini.text())) {
      return "gemini";
    }
    return text.equals(local.text()) ? "local" : "vote";
  }

  private static String other(String text, PlateRead local, PlateRead gemini) {
    if (text.equals(gemini.text())) {
      return local.text();
    }
    return text.equals(local.text()) ? gemini.text() : local.text() + " and " + gemini.text();
  }
}
