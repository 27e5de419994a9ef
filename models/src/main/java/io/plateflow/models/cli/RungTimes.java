package io.plateflow.models.cli;

import java.util.Arrays;
import java.util.Locale;

/**
 * What reading with one rung took.
 *
 * @param rung its name
 * @param millis of each read
 * @param texts reads that gave a text
 * @param seconds all reads together took
 */
record RungTimes(String rung, double[] millis, int texts, double seconds) {

  static String header() {
    return String.format(
        "%-10s %7s %9s %9s %9s %7s%n", "rung", "reads", "reads/s", "p50 ms", "p99 ms", "texts");
  }

  String line() {
    double[] sorted = millis.clone();
    Arrays.sort(sorted);
    return String.format(
        Locale.ROOT,
        "%-10s %7d %9.1f %9.1f %9.1f %7d%n",
        rung,
        sorted.length,
        sorted.length / seconds,
        at(sorted, 0.5),
        at(sorted, 0.99),
        texts);
  }

  private static double at(double[] sorted, double share) {
    return sorted.length == 0
        ? 0
        : sorted[Math.min(sorted.length - 1, (int) (share * sorted.length))];
  }
}
