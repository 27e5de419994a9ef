package io.plateflow.jobs.track;

import io.plateflow.models.track.Track;
import java.time.Instant;

/**
 * A pass whose track has ended, but whose vehicle may show up again: hidden for longer than a track
 * lives, or parked.
 *
 * @param until capture time after which it will not
 * @param parked whether it stood still for long, so that what stands in its place is it
 */
public record DormantPass(Track track, PassDraft draft, Instant until, boolean parked) {}
