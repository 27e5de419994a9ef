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
  public boolean isLarger(PassDraft draft, double area) {
    return area > growth * draft.largestReadArea;
  }

  /** Whether the plate of this draft, now {@code area} square pixels, is worth a read. */
  public boolean wants(PassDraft draft, double area, Instant capturedAt) {
    if (draft.reads.isEmpty()) {
      return true;
    }
    if (isLarger(draft, area)) {
      return true;
    }
    return draft.agreeingReads < settledReads
        && draft.readsAtThisSize < maxReads
        && !capturedAt.isBefore(draft.lastReadAt.plus(interval));
  }
}
