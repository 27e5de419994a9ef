package io.plateflow.clients.evidence;

import java.util.Locale;

/**
 * How full a disk is, in bytes.
 *
 * @param free what may still be written
 */
public record DiskSpace(long free, long total) {

  private static final double GIGA = 1L << 30;

  /** Free share, 0..1. */
  public double freeShare() {
    return total == 0 ? 0 : (double) free / total;
  }

  /** For people: {@code 1.2 of 50.0 GB}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.2f of %.2f GB", free / GIGA, total / GIGA);
  }
}
