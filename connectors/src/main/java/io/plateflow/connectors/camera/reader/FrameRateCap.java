package io.plateflow.connectors.camera.reader;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Limits frames per second by capture time alone, so that every replay of a file drops the same
 * frames. Half an interval of leeway keeps a camera that runs at the cap itself, with jitter, from
 * losing frames. This is the generic cell rate algorithm (ITU-T I.371).
 */
final class FrameRateCap {

  private final double intervalMicros;
  private long nextDueMicros;

  /**
   * @param maxFrameRate frames per second; 0 lets everything pass
   * @param nextDueMicros state of an earlier run; {@link Long#MIN_VALUE} for a first one
   */
  FrameRateCap(double maxFrameRate, long nextDueMicros) {
    this.intervalMicros = maxFrameRate == 0 ? 0 : 1_000_000 / maxFrameRate;
    this.nextDueMicros = nextDueMicros;
  }

  boolean passes(Instant capturedAt) {
    if (intervalMicros == 0) {
      return true;
    }
    long t = ChronoUnit.MICROS.between(Instant.EPOCH, capturedAt);
    if (nextDueMicros != Long.MIN_VALUE && t < nextDueMicros - intervalMicros / 2) {
      return false;
    }
    nextDueMicros = Math.round(Math.max(t, nextDueMicros) + intervalMicros);
    return true;
  }

  long nextDueMicros() {
    return nextDueMicros;
  }
}
