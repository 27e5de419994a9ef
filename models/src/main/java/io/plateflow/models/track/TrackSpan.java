package io.plateflow.models.track;

import java.time.Instant;

/**
 * The frames in which a track was seen.
 *
 * @param firstSequence number of the first one
 * @param lastSequence number of the last one
 * @param firstSeen capture time of the first one
 * @param lastSeen capture time of the last one
 * @param frames how many there were
 */
public record TrackSpan(
    long firstSequence, long lastSequence, Instant firstSeen, Instant lastSeen, int frames) {

  static TrackSpan at(long sequence, Instant at) {
    return new TrackSpan(sequence, sequence, at, at, 1);
  }

  /** The span with one more frame, or the same frame again. */
  TrackSpan with(long sequence, Instant at) {
    boolean sameFrame = lastSequence == sequence && lastSeen.equals(at);
    return new TrackSpan(
        firstSequence,
        sequence,
        firstSeen,
        at.isBefore(lastSeen) ? lastSeen : at,
        frames + (sameFrame ? 0 : 1));
  }

  /** The span that begins with the earlier of two beginnings. */
  TrackSpan joinedWith(TrackSpan other) {
    boolean earlier = other.firstSeen.isBefore(firstSeen);
    return new TrackSpan(
        earlier ? other.firstSequence : firstSequence,
        lastSequence,
        earlier ? other.firstSeen : firstSeen,
        lastSeen,
        Math.max(frames, other.frames));
  }
}
