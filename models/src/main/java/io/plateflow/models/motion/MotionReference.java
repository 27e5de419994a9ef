package io.plateflow.models.motion;

import java.time.Instant;

/**
 * The picture that following ones are compared with, small enough to be kept in a checkpoint: what
 * a {@link MotionGate} lets through after a restore is what it would have let through without.
 *
 * @param width of that frame, in pixels
 * @param height of that frame, in pixels
 * @param capturedAt of that frame
 * @param cells its miniature, row by row: the sums that {@link MotionGate} compares; not changed by
 *     anybody
 */
public record MotionReference(int width, int height, Instant capturedAt, short[] cells) {}
