package io.plateflow.models.grammar;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds texts that follow a format and differ from a read in few characters. */
final class PlateCorrections {

  /** A text of a correction may differ from what was read in so many characters. */
  private static final int MAX_CORRECTED = 3;

  private record Correction(String text, double score) {}

  private final PlateFormatTable formats;
  private final GrammarWeights weights;

  PlateCorrections(PlateFormatTable formats, GrammarWeights weights) {
    this.formats = formats;
    this.weights = weights;
  }

  /** See {@link PlateGrammar#corrections}. */
  List<String> of(String text, float[][] scores, CountryExpectation expectation, int max) {
    Map<String, Correction> found = new HashMap<>();
    for (PlateFormatTable.Entry entry : formats.entries(text.length())) {
      Correction correction = correction(text, scores, entry, expectation);
      if (correction != null) {
        found.merge(correction.text(), correction, (a, b) -> a.score() >= b.score() ? a : b);
      }
    }
    return found.values().stream()
        .sorted(
            Comparator.comparingDouble(Correction::score)
                .reversed()
                .thenComparing(Correction::text))
        .limit(max)
        .map(Correction::text)
        .toList();
  }

  /** The text in this shape, or null where it follows it already or differs too much. */
  private @Nullable Correction correction(
      String text, float[][] scores, PlateFormatTable.Entry entry, CountryExpectation expectation) {
    long[] allowed = entry.shape().allowed();
    char[] corrected = text.toCharArray();
    double loss = 0;
    int changed = 0;
    for (int i = 0; i < allowed.length && changed <= MAX_CORRECTED; i++) {
      long bit = PlateFormat.bit(text.charAt(i));
      if ((bit & allowed[i]) != 0) {
        continue;
      }
      changed++;
      int best = bestOf(allowed[i], scores[i]);
      corrected[i] = PlateFormat.character(best);
      loss +=
          Math.log(scores[i][best] + 1e-9)
              - Math.log(scores[i][Long.numberOfTrailingZeros(bit)] + 1e-9);
    }
    if (changed == 0 || changed > MAX_CORRECTED) {
      return null;
    }
    double score =
        weights.lattice() * loss + weights.prior() * Math.log(entry.probability(expectation));
    return new Correction(new String(corrected), score);
  }

  private static int bestOf(long allowed, float[] scores) {
    int best = Long.numberOfTrailingZeros(allowed);
    for (long left = allowed; left != 0; left &= left - 1) {
      int b = Long.numberOfTrailingZeros(left);
      if (scores[b] > scores[best]) {
        best = b;
      }
    }
    return best;
  }
}
