package io.plateflow.connectors.camera.reader;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Capture times of a live camera: the clock on the wall, but always forward. While the wall is
 * behind what was said last, because it was set back, time goes on at half its speed until the wall
 * has caught up: so frames keep their distance, and neither a rate cap nor a track waits for an
 * hour that has been counted already.
 */
final class CaptureClock {

  private static final long NANOS_PER_MICRO = 1000;

  private Instant last;
  private long lastNanos;
  private boolean started;

  /**
   * @param last capture time that was given by an earlier clock, or null
   */
  CaptureClock(Instant last) {
    this.last = last;
  }

  /**
   * The time of a frame that has just come, in microseconds.
   *
   * @param nanos of a clock that nobody sets; only differences count
   */
  Instant next(Instant wall, long nanos) {
    Instant time = wall.truncatedTo(ChronoUnit.MICROS);
    if (last != null) {
      long elapsedMicros = started ? (nanos - lastNanos) / NANOS_PER_MICRO : 0;
      Instant slowest = last.plus(Math.max(1, elapsedMicros / 2), ChronoUnit.MICROS);
      time = time.isAfter(slowest) ? time : slowest;
    }
    started = true;
    last = time;
    lastNanos = nanos;
    return time;
  }
}
