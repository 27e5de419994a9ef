package io.plateflow.jobs.track;

import io.plateflow.models.track.Track;
import java.time.Instant;

/**
 * A pass whose track has ended, but whose vehicle may reappear: occluded for longer than a track
 * lives, or parked.
 *
 * @param until capture time after which the pass is finished
 * @param parked whether it is resumed by place: by a vehicle that stands where it stood
 */
public record DormantPass(Track track, PassDraft draft, Instant until, boolean parked) {}
