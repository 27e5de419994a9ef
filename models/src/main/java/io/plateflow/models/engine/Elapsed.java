package io.plateflow.models.engine;

/** Time since a reading of {@link System#nanoTime()}. */
final class Elapsed {

  private Elapsed() {}

  static double millisSince(long startNanos) {
    return (System.nanoTime() - startNanos) / 1e6;
  }
}
