package io.plateflow.jobs.pass;

import io.plateflow.models.read.ReadingMode;

/**
 * A question to Gemini about a plate. Small: it crosses the network and is checkpointed while in
 * flight.
 *
 * @param crop JPEG of the plate with a margin, a few kB
 * @param reason why it is asked, see {@link io.plateflow.models.read.SecondOpinionPolicy}
 */
public record ReadRequest(
    String passId, String cameraId, ReadingMode mode, byte[] crop, String reason) {}
