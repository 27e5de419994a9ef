package io.plateflow.models.track;

import java.util.Arrays;

/**
 * The assignment of rows to columns with the largest total, by shortest augmenting paths with
 * potentials (Kuhn 1955, Munkres 1957; this form after Jonker and Volgenant 1987), in O(n^3).
 */
final class LinearAssignment {

  private LinearAssignment() {}

  /**
   * @param gain what a row gains with a column; 0 or less means they must not be joined
   * @return for every row its column, or -1
   */
  static int[] largestTotal(double[][] gain, int columns) {
    int rows = gain.length;
    int[] result = new int[rows];
    Arrays.fill(result, -1);
    if (rows == 0 || columns == 0) {
      return result;
    }
    // One spare column per row, worth nothing, stands for staying alone.
    int width = columns + rows;
    double[] rowPotential = new double[rows + 1];
    double[] columnPotential = new double[width + 1];
    int[] rowOf = new int[width + 1];
    int[] previous = new int[width + 1];
    double[] shortest = new double[width + 1];
    boolean[] reached = new boolean[width + 1];
    for (int r = 1; r <= rows; r++) {
      rowOf[0] = r;
      int column = 0;
      Arrays.fill(shortest, Double.POSITIVE_INFINITY);
      Arrays.fill(reached, false);
      do {
        reached[column] = true;
        int row = rowOf[column];
        double step = Double.POSITIVE_INFINITY;
        int next = 0;
        for (int c = 1; c <= width; c++) {
          if (reached[c]) {
            continue;
          }
          double cost = c > columns ? 0 : -Math.max(0, gain[row - 1][c - 1]);
          double reduced = cost - rowPotential[row] - columnPotential[c];
          if (reduced < shortest[c]) {
            shortest[c] = reduced;
            previous[c] = column;
          }
          if (shortest[c] < step) {
            step = shortest[c];
            next = c;
          }
        }
        for (int c = 0; c <= width; c++) {
          if (reached[c]) {
            rowPotential[rowOf[c]] += step;
            columnPotential[c] -= step;
          } else {
            shortest[c] -= step;
          }
        }
        column = next;
      } while (rowOf[column] != 0);
      while (column != 0) {
        rowOf[column] = rowOf[previous[column]];
        column = previous[column];
      }
    }
    for (int c = 1; c <= columns; c++) {
      int row = rowOf[c] - 1;
      if (row >= 0 && gain[row][c - 1] > 0) {
        result[row] = c - 1;
      }
    }
    return result;
  }
}
