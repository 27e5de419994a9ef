package io.plateflow.models.consensus;

import io.plateflow.schemas.plate.ConfusionDistance;
import io.plateflow.schemas.plate.PlateRead;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** The vote of aligned reads on every character of a text, and on what stands between them. */
final class CharacterVote {

  private static final char NONE = '-';

  // Place 2i is what stands before character i, place 2i + 1 is character i.
  private final List<TreeMap<Character, Double>> places = new ArrayList<>();

  private CharacterVote(int characters) {
    for (int i = 0; i < 2 * characters + 1; i++) {
      places.add(new TreeMap<>());
    }
  }

  static CharacterVote of(
      String hypothesis, List<PlateRead> reads, ToDoubleFunction<PlateRead> weight) {
    CharacterVote vote = new CharacterVote(hypothesis.length());
    for (PlateRead read : reads) {
      vote.add(align(hypothesis, read.text()), read, weight.applyAsDouble(read));
    }
    return vote;
  }

  /** For every character of the text the share of the votes that it gets, 0..1. */
  static float[] scores(String text, List<PlateRead> reads, ToDoubleFunction<PlateRead> weight) {
    float[] scores = new float[text.length()];
    double total = 0;
    for (PlateRead read : reads) {
      double w = weight.applyAsDouble(read);
      int[] aligned = align(text, read.text());
      total += w;
      for (int i = 0; i < scores.length; i++) {
        int at = aligned[2 * i + 1];
        if (at >= 0 && read.text().charAt(at) == text.charAt(i)) {
          scores[i] += (float) (w * read.characterScores()[at]);
        }
      }
    }
    for (int i = 0; i < scores.length; i++) {
      scores[i] /= (float) total;
    }
    return scores;
  }

  /** The characters that got most votes, places where most saw nothing left out. */
  String text() {
    StringBuilder out = new StringBuilder();
    for (TreeMap<Character, Double> place : places) {
      char best = NONE;
      double most = 0;
      for (var vote : place.entrySet()) {
        if (vote.getValue() > most) {
          best = vote.getKey();
          most = vote.getValue();
        }
      }
      if (best != NONE) {
        out.append(best);
      }
    }
    return out.toString();
  }

  private void add(int[] aligned, PlateRead read, double weight) {
    for (int place = 0; place < places.size(); place++) {
      int at = aligned[place];
      // A character counts as it was seen; that there is none counts as the read as a whole.
      if (at < 0) {
        places.get(place).merge(NONE, weight, Double::sum);
      } else {
        places
            .get(place)
            .merge(read.text().charAt(at), weight * read.characterScores()[at], Double::sum);
      }
    }
  }

  /** Most reads of a track say the same. */
  private static int[] itself(int characters) {
    int[] aligned = new int[2 * characters + 1];
    Arrays.fill(aligned, -1);
    for (int i = 0; i < characters; i++) {
      aligned[2 * i + 1] = i;
    }
    return aligned;
  }

  /**
   * For every place which character of {@code read} stands there, or -1; by the cheapest alignment.
   * Of several characters between two of the text only the last is kept: a plate rarely has more.
   */
  private static int[] align(String text, String read) {
    int n = text.length();
    int m = read.length();
    if (text.equals(read)) {
      return itself(n);
    }
    double[][] cost = new double[n + 1][m + 1];
    for (int i = 0; i <= n; i++) {
      for (int j = 0; j <= m; j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        cost[i][j] =
            Math.min(
                cost[i - 1][j - 1]
                    + ConfusionDistance.substitution(text.charAt(i - 1), read.charAt(j - 1)),
                1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
      }
    }
    int[] aligned = new int[2 * n + 1];
    Arrays.fill(aligned, -1);
    int i = n;
    int j = m;
    while (i > 0 || j > 0) {
      if (i > 0
          && j > 0
          && cost[i][j]
              == cost[i - 1][j - 1]
                  + ConfusionDistance.substitution(text.charAt(i - 1), read.charAt(j - 1))) {
        aligned[2 * (i - 1) + 1] = j - 1;
        i--;
        j--;
      } else if (i > 0 && cost[i][j] == cost[i - 1][j] + 1) {
        i--;
      } else {
        aligned[2 * i] = Math.max(aligned[2 * i], j - 1);
        j--;
      }
    }
    return aligned;
  }
}
