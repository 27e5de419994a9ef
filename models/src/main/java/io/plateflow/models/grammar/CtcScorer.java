package io.plateflow.models.grammar;

import java.util.Arrays;

/**
 * What a CTC lattice says of a given text: its probability by the forward recursion (Graves et al.
 * 2006), and a score per character along its best alignment. An object keeps its arrays and serves
 * one thread.
 */
public final class CtcScorer {

  private int[] states = new int[64];
  private double[] now = new double[64];
  private double[] before = new double[64];
  private byte[] steps = new byte[4096];
  private int[] firstColumn = new int[32];
  private int[] lastColumn = new int[32];

  /** Natural logarithm of the text's probability; minus infinity where the lattice excludes it. */
  public double logProbability(CtcLattice lattice, String text) {
    int count = prepare(lattice, text);
    if (count < 0) {
      return Double.NEGATIVE_INFINITY;
    }
    float[] p = lattice.probabilities();
    double logScale = 0;
    for (int t = 0; t < lattice.columns(); t++) {
      int row = lattice.row(t);
      boolean lineStart = lattice.lineStart(t);
      double sum = 0;
      for (int s = 0; s < count; s++) {
        double in;
        if (t == 0) {
          in = s <= 1 ? 1 : 0;
        } else {
          // A character does not go on over a line's end.
          in = s % 2 == 1 && lineStart ? 0 : before[s];
          if (s >= 1) {
            in += before[s - 1];
          }
          if (s >= 2 && s % 2 == 1 && (lineStart || states[s] != states[s - 2])) {
            in += before[s - 2];
          }
        }
        now[s] = in * p[row + states[s]];
        sum += now[s];
      }
      if (sum <= 0) {
        return Double.NEGATIVE_INFINITY;
      }
      for (int s = 0; s < count; s++) {
        now[s] /= sum;
      }
      logScale += Math.log(sum);
      double[] swap = before;
      before = now;
      now = swap;
    }
    return logScale + Math.log(before[count - 1] + (count > 1 ? before[count - 2] : 0));
  }

  /**
   * Along the best alignment of the text: for every character the highest probability that each
   * symbol has in the character's columns.
   *
   * @param factor on what is added
   * @param scores a row per character, a column per symbol without the blank
   */
  public void addSymbolScores(CtcLattice lattice, String text, float factor, float[][] scores) {
    int count = prepare(lattice, text);
    if (count < 0 || text.isEmpty()) {
      return;
    }
    int columns = lattice.columns();
    float[] p = lattice.probabilities();
    if (steps.length < columns * count) {
      steps = new byte[columns * count];
    }
    for (int t = 0; t < columns; t++) {
      int row = lattice.row(t);
      boolean lineStart = lattice.lineStart(t);
      for (int s = 0; s < count; s++) {
        double best = Double.NEGATIVE_INFINITY;
        byte from = 0;
        if (t == 0) {
          best = s <= 1 ? 0 : best;
        } else {
          for (byte back = 0; back <= 2 && back <= s; back++) {
            boolean allowed =
                switch (back) {
                  case 0 -> s % 2 == 0 || !lineStart;
                  case 1 -> true;
                  default -> s % 2 == 1 && (lineStart || states[s] != states[s - 2]);
                };
            if (allowed && before[s - back] > best) {
              best = before[s - back];
              from = back;
            }
          }
        }
        steps[t * count + s] = from;
        now[s] = best + Math.log(p[row + states[s]] + 1e-30);
      }
      double[] swap = before;
      before = now;
      now = swap;
    }
    align(lattice, count, before[count - 1] > before[count - 2] ? count - 1 : count - 2);
    for (int i = 0; i < scores.length; i++) {
      for (int c = 0; c < scores[i].length; c++) {
        float best = 0;
        for (int t = firstColumn[i]; t <= lastColumn[i]; t++) {
          best = Math.max(best, p[lattice.row(t) + c + 1]);
        }
        scores[i][c] += factor * Math.min(1, best);
      }
    }
  }

  /** Which columns each character has, walking back from the last one. */
  private void align(CtcLattice lattice, int count, int lastState) {
    if (firstColumn.length < count / 2) {
      firstColumn = new int[count];
      lastColumn = new int[count];
    }
    int s = lastState;
    Arrays.fill(lastColumn, 0, count / 2, -1);
    for (int t = lattice.columns() - 1; t >= 0; t--) {
      if (s % 2 == 1) {
        int i = s / 2;
        firstColumn[i] = t;
        lastColumn[i] = Math.max(lastColumn[i], t);
      }
      s -= steps[t * count + s];
    }
  }

  /** States: a blank, then every character with a blank behind it. Their number, or -1. */
  private int prepare(CtcLattice lattice, String text) {
    int count = 2 * text.length() + 1;
    if (states.length < count) {
      states = new int[count];
      now = new double[count];
      before = new double[count];
    }
    Arrays.fill(states, 0, count, 0);
    for (int i = 0; i < text.length(); i++) {
      int symbol = lattice.symbols().indexOf(text.charAt(i)) + 1;
      if (symbol == 0) {
        return -1;
      }
      states[2 * i + 1] = symbol;
    }
    return count;
  }
}
