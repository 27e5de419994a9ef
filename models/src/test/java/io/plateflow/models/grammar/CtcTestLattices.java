package io.plateflow.models.grammar;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** Lattices with known content, and their texts by summing over every alignment. */
final class CtcTestLattices {

  private CtcTestLattices() {}

  /** A random softmax over every column. */
  static CtcLattice random(int columns, int lineColumns, String symbols, long seed) {
    Random random = new Random(seed);
    int classes = symbols.length() + 1;
    float[] p = new float[columns * classes];
    for (int t = 0; t < columns; t++) {
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        p[t * classes + c] = (float) Math.exp(2 * random.nextGaussian());
        sum += p[t * classes + c];
      }
      for (int c = 0; c < classes; c++) {
        p[t * classes + c] /= (float) sum;
      }
    }
    return new CtcLattice(p, 0, columns, lineColumns, symbols);
  }

  /** Each column surely shows one symbol; '_' is the blank. */
  static CtcLattice of(String path, int lineColumns, String symbols) {
    int classes = symbols.length() + 1;
    float[] p = new float[path.length() * classes];
    for (int t = 0; t < path.length(); t++) {
      for (int c = 0; c < classes; c++) {
        p[t * classes + c] = 0.01f / (classes - 1);
      }
      p[t * classes + symbols.indexOf(path.charAt(t)) + 1] = 0.99f;
    }
    return new CtcLattice(p, 0, path.length(), lineColumns, symbols);
  }

  static Map<String, Double> allTexts(CtcLattice lattice) {
    Map<String, Double> texts = new HashMap<>();
    follow(lattice, 0, "", 0, 1, texts);
    return texts;
  }

  private static void follow(
      CtcLattice lattice, int t, String text, int last, double p, Map<String, Double> texts) {
    if (t == lattice.columns()) {
      texts.merge(text, p, Double::sum);
      return;
    }
    int before = lattice.lineStart(t) ? 0 : last;
    for (int c = 0; c < lattice.classes(); c++) {
      String longer = c == 0 || c == before ? text : text + lattice.symbols().charAt(c - 1);
      follow(lattice, t + 1, longer, c, p * lattice.probabilities()[lattice.row(t) + c], texts);
    }
  }
}
