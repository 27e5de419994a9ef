package io.plateflow.models.grammar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the most probable texts of a CTC lattice: prefix beam search (Graves 2008; Hannun et al.
 * 2014), which sums over all alignments of a text instead of following the best one. An object
 * keeps its arrays from search to search and serves one thread.
 */
public final class CtcBeamSearch {

  /** Symbols less probable than this in a column open no new text there. */
  private static final float LEAST = 1e-5f;

  /** A text and the natural logarithm of its probability. */
  public record Hypothesis(String text, double logProbability) {}

  private final int width;

  // The texts met so far, as a tree: node 0 is the empty text, every other one character longer
  // than its parent.
  private int[] parent = new int[1024];
  private int[] symbol = new int[1024];
  private int[] firstChild = new int[1024];
  private int[] sibling = new int[1024];
  private int[] entryOf = new int[1024];
  private int nodes;

  // The beam before and after a column; a text's probability is split by whether its alignments end
  // in a blank.
  private int[] node = new int[64];
  private double[] blank = new double[64];
  private double[] open = new double[64];
  private int entries;
  private int[] nextNode = new int[64];
  private double[] nextBlank = new double[64];
  private double[] nextOpen = new double[64];
  private int nextEntries;
  private double[] totals = new double[64];

  /**
   * @param width texts that are kept at every column
   */
  public CtcBeamSearch(int width) {
    if (width < 1) {
      throw new IllegalArgumentException(
          "Beam width: found %d, expected 1 or more".formatted(width));
    }
    this.width = width;
  }

  /** The best texts, best first, at most the beam's width of them; the empty text is one too. */
  public List<Hypothesis> search(CtcLattice lattice) {
    nodes = 0;
    newNode(-1, 0);
    entries = 1;
    node[0] = 0;
    blank[0] = 1;
    open[0] = 0;
    double logScale = 0;
    for (int t = 0; t < lattice.columns(); t++) {
      if (lattice.lineStart(t)) {
        for (int e = 0; e < entries; e++) {
          blank[e] += open[e];
          open[e] = 0;
        }
      }
      logScale += Math.log(step(lattice, lattice.row(t)));
    }
    List<Hypothesis> best = new ArrayList<>(entries);
    for (int e = 0; e < entries; e++) {
      double p = blank[e] + open[e];
      if (p > 0) {
        best.add(new Hypothesis(text(node[e], lattice.symbols()), Math.log(p) + logScale));
      }
    }
    best.sort((a, b) -> Double.compare(b.logProbability(), a.logProbability()));
    return best;
  }

  /** One column on; returns the factor by which the beam was scaled down. */
  private double step(CtcLattice lattice, int row) {
    float[] p = lattice.probabilities();
    int classes = lattice.classes();
    nextEntries = 0;
    for (int e = 0; e < entries; e++) {
      int n = node[e];
      double total = blank[e] + open[e];
      int same = entry(n);
      nextBlank[same] += total * p[row];
      int last = symbol[n];
      if (n != 0) {
        nextOpen[same] += open[e] * p[row + last];
      }
      for (int c = 1; c < classes; c++) {
        float pc = p[row + c];
        if (pc < LEAST) {
          continue;
        }
        double into = (c == last && n != 0 ? blank[e] : total) * pc;
        if (into > 0) {
          int longer = entry(child(n, c));
          nextOpen[longer] += into;
        }
      }
    }
    return prune();
  }

  private double prune() {
    if (totals.length < nextEntries) {
      totals = new double[nextEntries * 2];
    }
    for (int e = 0; e < nextEntries; e++) {
      entryOf[nextNode[e]] = -1;
      totals[e] = nextBlank[e] + nextOpen[e];
    }
    double least = 0;
    if (nextEntries > width) {
      Arrays.sort(totals, 0, nextEntries);
      least = totals[nextEntries - width];
    }
    double sum = 0;
    entries = 0;
    for (int e = 0; e < nextEntries && entries < width; e++) {
      double total = nextBlank[e] + nextOpen[e];
      if (total >= least && total > 0) {
        if (entries == node.length) {
          node = Arrays.copyOf(node, entries * 2);
          blank = Arrays.copyOf(blank, entries * 2);
          open = Arrays.copyOf(open, entries * 2);
        }
        node[entries] = nextNode[e];
        blank[entries] = nextBlank[e];
        open[entries++] = nextOpen[e];
        sum += total;
      }
    }
    if (sum <= 0) {
      // Every symbol had probability 0: not a lattice of a softmax, and nothing to go on.
      entries = 0;
      return 1;
    }
    for (int e = 0; e < entries; e++) {
      blank[e] /= sum;
      open[e] /= sum;
    }
    return sum;
  }

  private int entry(int n) {
    int e = entryOf[n];
    if (e >= 0) {
      return e;
    }
    if (nextEntries == nextNode.length) {
      nextNode = Arrays.copyOf(nextNode, nextEntries * 2);
      nextBlank = Arrays.copyOf(nextBlank, nextEntries * 2);
      nextOpen = Arrays.copyOf(nextOpen, nextEntries * 2);
    }
    entryOf[n] = nextEntries;
    nextNode[nextEntries] = n;
    nextBlank[nextEntries] = 0;
    nextOpen[nextEntries] = 0;
    return nextEntries++;
  }

  private int child(int n, int c) {
    for (int child = firstChild[n]; child >= 0; child = sibling[child]) {
      if (symbol[child] == c) {
        return child;
      }
    }
    int child = newNode(n, c);
    sibling[child] = firstChild[n];
    firstChild[n] = child;
    return child;
  }

  private int newNode(int from, int c) {
    if (nodes == parent.length) {
      parent = Arrays.copyOf(parent, nodes * 2);
      symbol = Arrays.copyOf(symbol, nodes * 2);
      firstChild = Arrays.copyOf(firstChild, nodes * 2);
      sibling = Arrays.copyOf(sibling, nodes * 2);
      entryOf = Arrays.copyOf(entryOf, nodes * 2);
    }
    parent[nodes] = from;
    symbol[nodes] = c;
    firstChild[nodes] = -1;
    sibling[nodes] = -1;
    entryOf[nodes] = -1;
    return nodes++;
  }

  private String text(int n, String symbols) {
    StringBuilder out = new StringBuilder();
    for (int i = n; i > 0; i = parent[i]) {
      out.append(symbols.charAt(symbol[i] - 1));
    }
    return out.reverse().toString();
  }
}
