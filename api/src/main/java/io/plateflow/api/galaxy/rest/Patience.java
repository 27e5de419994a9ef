package io.plateflow.api.galaxy.rest;

import io.plateflow.api.http.Refusal;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what the job is about to write. */
final class Patience {

  private static final Duration LONGEST = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private Patience() {}

  /** Returns whether it came true in time. */
  static boolean until(BooleanSupplier holds) {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      try {
        Thread.sleep(PAUSE.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw Refusal.because(Refusal.Kind.UNAVAILABLE, "The service is stopping.", e);
      }
    }
    return true;
  }
}
