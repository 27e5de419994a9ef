package io.plateflow.api.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** What the bodies of all requests may take of the heap together. */
final class MemoryBudget {

  private static final int UNIT = 1024;

  private final Semaphore units;
  private final Duration patience;

  /**
   * @param bytes of all requests together
   * @param patience how long a request waits for its share
   */
  MemoryBudget(long bytes, Duration patience) {
    // Not fair: a large body that waits would hold up all small ones.
    this.units = new Semaphore(Math.toIntExact(bytes / UNIT));
    this.patience = patience;
  }

  Lease lease() {
    return new Lease();
  }

  /** The share of one request. */
  final class Lease implements AutoCloseable {

    private int taken;

    /**
     * Grows to this many bytes.
     *
     * @throws Refusal when there is no room in time
     */
    void growTo(long bytes) {
      int wanted = Math.toIntExact((bytes + UNIT - 1) / UNIT);
      if (wanted <= taken) {
        return;
      }
      try {
        if (!units.tryAcquire(wanted - taken, patience.toMillis(), TimeUnit.MILLISECONDS)) {
          throw Refusal.later(
              Refusal.Kind.BUSY, "Too many uploads at the moment.", Duration.ofSeconds(1));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw Refusal.because(Refusal.Kind.UNAVAILABLE, "The service is stopping.", e);
      }
      taken = wanted;
    }

    void growBy(long bytes) {
      growTo((long) taken * UNIT + bytes);
    }

    @Override
    public void close() {
      units.release(taken);
      taken = 0;
    }
  }
}
