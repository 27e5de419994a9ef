package io.plateflow.models.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CtcBeamSearchTest {

  @Test
  void wideBeamFindsEveryTextWithItsProbability() {
    for (long seed = 0; seed < 20; seed++) {
      CtcLattice lattice = CtcTestLattices.random(6, 6, "AB1", seed);
      Map<String, Double> all = CtcTestLattices.allTexts(lattice);
      List<CtcBeamSearch.Hypothesis> found = new CtcBeamSearch(10_000).search(lattice);
      assertThat(found).hasSize(all.size());
      for (CtcBeamSearch.Hypothesis h : found) {
        assertThat(Math.exp(h.logProbability())).isCloseTo(all.get(h.text()), within(1e-6));
      }
    }
  }

  @Test
  void linesAreReadApart() {
    for (long seed = 0; seed < 20; seed++) {
      CtcLattice lattice = CtcTestLattices.random(6, 3, "AB", seed);
      Map<String, Double> all = CtcTestLattices.allTexts(lattice);
      for (CtcBeamSearch.Hypothesis h : new CtcBeamSearch(10_000).search(lattice)) {
        assertThat(Math.exp(h.logProbability())).isCloseTo(all.get(h.text()), within(1e-6));
      }
    }
  }

  @Test
  void repeatsMergeWithinALineAndNotOverItsEnd() {
    CtcBeamSearch search = new CtcBeamSearch(10);
    assertThat(best(search, "AA_A1111", 8)).isEqualTo("AA1");
    assertThat(best(search, "__A11_", 3)).isEqualTo("A1");
    assertThat(best(search, "B1111B", 3)).isEqualTo("B11B");
    assertThat(best(search, "______", 3)).isEmpty();
  }

  @Test
  void narrowBeamKeepsTheBestFirst() {
    CtcLattice lattice = CtcTestLattices.of("BB__11_2", 8, "AB12");
    List<CtcBeamSearch.Hypothesis> found = new CtcBeamSearch(3).search(lattice);
    assertThat(found).hasSizeLessThanOrEqualTo(3);
    assertThat(found.get(0).text()).isEqualTo("B12");
    assertThat(found)
        .isSortedAccordingTo((a, b) -> Double.compare(b.logProbability(), a.logProbability()));
  }

  @Test
  void allZeroLatticeGivesNothing() {
    CtcLattice zeros = new CtcLattice(new float[12], 0, 4, 4, "AB");
    assertThat(new CtcBeamSearch(10).search(zeros)).isEmpty();
  }

  private static String best(CtcBeamSearch search, String path, int lineColumns) {
    return search.search(CtcTestLattices.of(path, lineColumns, "AB12")).get(0).text();
  }
}
