package io.plateflow.connectors.camera.reader;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses between attempts: doubling up to a limit, and each shortened by a random part of up to a
 * half, so that cameras that were lost together do not all come back at the same moment.
 */
final class ReconnectBackoff {

  private final Duration initial;
  private final Duration max;
  private final RandomGenerator random;
  private int failures;

  ReconnectBackoff(Duration initial, Duration max, RandomGenerator random) {
    this.initial = initial;
    this.max = max;
    this.random = random;
  }

  Duration next() {
    // 2^20 of the shortest pause is beyond every limit already.
    double whole = Math.min(max.toNanos(), initial.toNanos() * Math.pow(2, Math.min(failures, 20)));
    failures++;
    return Duration.ofNanos((long) (whole * (0.5 + random.nextDouble() / 2)));
  }

  void reset() {
    failures = 0;
  }
}
