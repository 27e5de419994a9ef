package io.plateflow.schemas.plate;

import java.time.Instant;

/**
 * One look at a plate that had a vote in what its pass reads.
 *
 * @param capturedAt capture time of the frame
 */
public record PlateLook(Instant capturedAt, RungRead read) {}
