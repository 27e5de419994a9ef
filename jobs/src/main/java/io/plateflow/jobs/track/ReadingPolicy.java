package io.plateflow.jobs.track;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;

/**
 * When a plate that is in view is read again: enough reads to vote, none that would only repeat
 * what is known.
 *
 * @param maxReads of one track at one size, at least 1: what is too far away to be read must not
 *     use up the reads that it will get when it is near
 * @param interval shortest time between two reads of a track
 * @param growth a plate this many times larger (in area) than the largest one read is read at once,
 *     above 1
 * @param settledReads agreeing reads after which only a larger picture is read
 */
public record ReadingPolicy(int maxReads, Duration interval, double growth, int settledReads)
    implements Serializable {

  public static final ReadingPolicy DEFAULT = new ReadingPolicy(8, Duration.ofMillis(150), 1.3, 4);

  /** Whether the plate is so much larger than any picture read that it is a new chance. */
  public boolean isLarger(ReadHistory reads, double area) {
    return area > growth * reads.largestArea;
  }

  /** Whether the plate with these reads, now {@code area} square pixels, is worth a read. */
  public boolean wants(ReadHistory reads, double area, Instant capturedAt) {
    if (reads.isEmpty()) {
      return true;
    }
    if (isLarger(reads, area)) {
      return true;
    }
    return reads.agreeing < settledReads
        && reads.countAtThisSize < maxReads
        && !capturedAt.isBefore(reads.lastAt.plus(interval));
  }
}
