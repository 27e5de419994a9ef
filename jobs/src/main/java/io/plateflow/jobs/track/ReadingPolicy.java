package io.plateflow.jobs.track;

import io.plateflow.jobs.reading.RepeatConfig;
import java.time.Instant;

/**
 * When a plate that is in view is read again: enough reads to vote, none that would only repeat
 * what is known.
 */
final class ReadingPolicy {

  private final RepeatConfig config;

  ReadingPolicy(RepeatConfig config) {
    this.config = config;
  }

  /** Whether the plate is so much larger than any picture read that it is a new chance. */
  boolean isLarger(ReadHistory reads, double area) {
    return area > config.growth() * reads.largestArea;
  }

  /** Whether the plate with these reads, now {@code area} square pixels, is worth a read. */
  boolean wants(ReadHistory reads, double area, Instant capturedAt) {
    Instant lastAt = reads.lastAt;
    if (lastAt == null || isLarger(reads, area)) {
      return true;
    }
    return reads.agreeing < config.settledReads()
        && reads.countAtThisSize < config.maxReads()
        && !capturedAt.isBefore(lastAt.plus(config.interval()));
  }
}
