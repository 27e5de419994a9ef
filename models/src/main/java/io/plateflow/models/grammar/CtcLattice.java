package io.plateflow.models.grammar;

/**
 * What a CTC network says of one crop: for every column the probability of each symbol, the blank
 * being symbol 0. A crop with several text lines has their columns one after the other, and lines
 * know nothing of each other.
 *
 * @param probabilities of column 0's symbols, then column 1's, and so on, from {@code offset} on
 * @param lineColumns columns of one line
 * @param symbols {@code symbols.charAt(s - 1)} is what symbol s stands for
 */
public record CtcLattice(
    float[] probabilities, int offset, int columns, int lineColumns, String symbols) {

  public CtcLattice {
    if (columns < 1
        || lineColumns < 1
        || offset < 0
        || (long) offset + (long) columns * (symbols.length() + 1) > probabilities.length) {
      throw new IllegalArgumentException(
          "CTC lattice: found %d columns of %d symbols from %d in %d numbers, lines of %d"
              .formatted(columns, symbols.length() + 1, offset, probabilities.length, lineColumns));
    }
  }

  int classes() {
    return symbols.length() + 1;
  }

  /** Whether a new line starts here: what came before cannot go on. */
  boolean lineStart(int column) {
    return column > 0 && column % lineColumns == 0;
  }

  int row(int column) {
    return offset + column * classes();
  }
}
