package io.plateflow.schemas.pass;

import io.plateflow.schemas.frame.FrameSize;
import java.time.Instant;

/**
 * The frame that stands for a pass: the one that gave the winning read, or the best one where
 * nothing was read.
 *
 * @param processingMillis work spent on it: detection and reading
 */
public record PassFrame(Instant capturedAt, FrameSize size, double processingMillis) {}
