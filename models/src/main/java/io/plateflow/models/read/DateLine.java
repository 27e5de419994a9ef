package io.plateflow.models.read;

import io.plateflow.models.grammar.CtcBeamSearch;
import io.plateflow.models.grammar.CtcLattice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The small line with the month and year in which an Indonesian plate runs out. */
final class DateLine {

  /** Below it the line is rather not there. */
  private static final double LEAST_PROBABILITY = 0.5;

  private DateLine() {}

  /** {@code MM.YY}, or null where no crop shows a date. */
  static @Nullable String read(List<CtcLattice> lattices, CtcBeamSearch search) {
    Map<String, Double> probabilities = new HashMap<>();
    for (CtcLattice lattice : lattices) {
      for (CtcBeamSearch.Hypothesis hypothesis : search.search(lattice)) {
        if (isDate(hypothesis.text())) {
          probabilities.merge(
              hypothesis.text(),
              Math.exp(hypothesis.logProbability()) / lattices.size(),
              Double::sum);
        }
      }
    }
    return probabilities.entrySet().stream()
        .filter(entry -> entry.getValue() >= LEAST_PROBABILITY)
        .max(Map.Entry.comparingByValue())
        .map(entry -> entry.getKey().substring(0, 2) + "." + entry.getKey().substring(2))
        .orElse(null);
  }

  private static boolean isDate(String digits) {
    return digits.matches("(0[1-9]|1[0-2])\\d\\d");
  }
}
