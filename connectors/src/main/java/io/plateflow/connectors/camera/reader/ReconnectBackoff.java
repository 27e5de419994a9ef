package io.plateflow.connectors.camera.reader;

import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses between attempts: doubling up to a limit, and each shortened by a random part of up to a
 * half, so that cameras that were lost together do not all come back at the same moment.
 */
final class ReconnectBackoff {

  private static final double FACTOR = 2;

  private final IntervalFunction pauses;
  private final RandomGenerator random;
  private int failures;

  ReconnectBackoff(Duration initial, Duration max, RandomGenerator random) {
    // The library's own random pauses are all alike once they have reached the limit.
    this.pauses = IntervalFunction.ofExponentialBackoff(initial, FACTOR, max);
    this.random = random;
  }

  Duration next() {
    failures++;
    return Duration.ofMillis((long) (pauses.apply(failures) * (0.5 + random.nextDouble() / 2)));
  }

  void reset() {
    failures = 0;
  }
}
