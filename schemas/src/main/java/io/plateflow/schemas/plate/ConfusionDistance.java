package io.plateflow.schemas.plate;

/**
 * Edit distance between plate texts in which exchanging look-alike characters is cheap: Levenshtein
 * (1966) by the dynamic programme of Wagner and Fischer (1974), with a price per substitution.
 *
 * <p>Look-alikes, each group a class of its own, so that the relation is transitive and texts can
 * be indexed by their classes:
 *
 * <table>
 *   <caption>Groups and why</caption>
 *   <tr><td>0 O D Q</td><td>closed rounds; Indonesian plates slash the O</td></tr>
 *   <tr><td>1 I L</td><td>upright strokes</td></tr>
 *   <tr><td>2 Z</td><td>the foot and the diagonal</td></tr>
 *   <tr><td>5 S</td><td>the double bow</td></tr>
 *   <tr><td>6 G</td><td>an open round with an inner hook</td></tr>
 *   <tr><td>8 B</td><td>two rounds one above the other</td></tr>
 *   <tr><td>U V</td><td>the foot goes first when small</td></tr>
 * </table>
 */
public final class ConfusionDistance {

  /** Price of exchanging two characters of one group. */
  public static final double CONFUSED = 0.3;

  /** Price of any other exchange, of a missing and of an extra character. */
  public static final double EDIT = 1;

  private static final String[] GROUPS = {"0ODQ", "1IL", "2Z", "5S", "6G", "8B", "UV"};
  private static final char[] FOLDED = new char[128];

  static {
    for (char c = 0; c < FOLDED.length; c++) {
      FOLDED[c] = c;
    }
    for (String group : GROUPS) {
      for (int i = 0; i < group.length(); i++) {
        FOLDED[group.charAt(i)] = group.charAt(0);
      }
    }
  }

  private ConfusionDistance() {}

  /** The first character of the group that the character is in; itself where it is in none. */
  public static char fold(char c) {
    return c < FOLDED.length ? FOLDED[c] : c;
  }

  /** The text with every character folded: equal for texts that differ by look-alikes only. */
  public static String fold(String text) {
    char[] out = text.toCharArray();
    for (int i = 0; i < out.length; i++) {
      out[i] = fold(out[i]);
    }
    return new String(out);
  }

  /** Whether the folded texts are the same. */
  public static boolean sameFolded(String a, String b) {
    if (a.length() != b.length()) {
      return false;
    }
    for (int i = 0; i < a.length(); i++) {
      if (fold(a.charAt(i)) != fold(b.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** Price of reading one character for another: 0, {@link #CONFUSED} or {@link #EDIT}. */
  public static double substitution(char a, char b) {
    return a == b ? 0 : fold(a) == fold(b) ? CONFUSED : EDIT;
  }

  public static double distance(String a, String b) {
    return distance(a, b, Double.POSITIVE_INFINITY);
  }

  /** The distance, or infinity as soon as it is known to be above {@code limit}. */
  public static double distance(String a, String b, double limit) {
    if (a.equals(b)) {
      return 0;
    }
    int n = a.length();
    int m = b.length();
    // Sums of 0.3 are not exact; a hair more than the limit still counts as within it.
    double bound = limit + 1e-9;
    if (Math.abs(n - m) * EDIT > bound) {
      return Double.POSITIVE_INFINITY;
    }
    double[] row = new double[m + 1];
    for (int j = 0; j <= m; j++) {
      row[j] = j * EDIT;
    }
    for (int i = 1; i <= n; i++) {
      double diagonal = row[0];
      row[0] = i * EDIT;
      double best = row[0];
      for (int j = 1; j <= m; j++) {
        double above = row[j];
        row[j] =
            Math.min(
                diagonal + substitution(a.charAt(i - 1), b.charAt(j - 1)),
                EDIT + Math.min(above, row[j - 1]));
        diagonal = above;
        best = Math.min(best, row[j]);
      }
      if (best > bound) {
        return Double.POSITIVE_INFINITY;
      }
    }
    // Rounded, so that one confusion is 0.3 and three are 0.9 whatever the order of the sums.
    return row[m] > bound ? Double.POSITIVE_INFINITY : Math.round(row[m] * 1e6) / 1e6;
  }
}
