package io.plateflow.clients.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the key that a mistyped one was probably meant to be. */
final class NearestKey {

  private NearestKey() {}

  /** The known key that is fewest edits away, if it is near enough to be worth proposing. */
  static Optional<String> to(String typed, Collection<String> known) {
    return known.stream()
        .filter(k -> edits(typed, k) <= Math.max(2, k.length() / 3))
        .min(Comparator.<String>comparingInt(k -> edits(typed, k)).thenComparing(k -> k));
  }

  /** Edit distance where two neighbours that changed places count as one edit. */
  private static int edits(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        d[i][j] = Math.min(replaced, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
