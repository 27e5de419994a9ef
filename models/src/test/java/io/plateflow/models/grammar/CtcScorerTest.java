package io.plateflow.models.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CtcScorerTest {

  private final CtcScorer scorer = new CtcScorer();

  @Test
  void probabilityIsTheSumOverAllAlignments() {
    for (int lineColumns : new int[] {6, 3}) {
      for (long seed = 0; seed < 20; seed++) {
        CtcLattice lattice = CtcTestLattices.random(6, lineColumns, "AB", seed);
        CtcTestLattices.allTexts(lattice)
            .forEach(
                (text, p) ->
                    assertThat(Math.exp(scorer.logProbability(lattice, text)))
                        .as(text)
                        .isCloseTo(p, within(1e-6)));
      }
    }
  }

  @Test
  void textThatDoesNotFitIsImpossible() {
    CtcLattice lattice = CtcTestLattices.of("A_1", 3, "A1");
    assertThat(scorer.logProbability(lattice, "A1A1A1")).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(scorer.logProbability(lattice, "Z")).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void symbolScoresComeFromTheCharactersOwnColumns() {
    CtcLattice lattice = CtcTestLattices.of("_BB_1_", 6, "AB1");
    float[][] scores = new float[2][3];
    scorer.addSymbolScores(lattice, "B1", 0.5f, scores);
    scorer.addSymbolScores(lattice, "B1", 0.5f, scores);
    assertThat(scores[0][1]).isCloseTo(0.99f, within(1e-5f));
    assertThat(scores[0][0]).isLessThan(0.01f);
    assertThat(scores[1][2]).isCloseTo(0.99f, within(1e-5f));
  }
}
