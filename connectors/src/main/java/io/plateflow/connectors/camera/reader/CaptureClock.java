package io.plateflow.connectors.camera.reader;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Capture times of a live camera: the system clock, made monotonic. After the system clock was set
 * back, time runs at half speed until it has caught up, so that frames keep their order and
 * distance and neither a rate cap nor a track stalls.
 */
final class CaptureClock {

  private static final long NANOS_PER_MICRO = 1000;

  private @Nullable Instant last;
  private long lastNanos;
  private boolean started;

  /**
   * @param last capture time that was given by an earlier clock, or null
   */
  CaptureClock(@Nullable Instant last) {
    this.last = last;
  }

  /**
   * The time of a frame that has just come, in microseconds.
   *
   * @param nanos of a monotonic clock; only differences count
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
