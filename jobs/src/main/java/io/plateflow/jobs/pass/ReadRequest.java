package io.plateflow.jobs.pass;

import io.plateflow.models.read.ReadingMode;

/**
 * A plate that Gemini is asked about. Small: it crosses the network and is kept in checkpoints
 * while it is on its way.
 *
 * @param crop JPEG of the plate with a margin, a few kB
 * @param reason why it is asked, see {@link io.plateflow.models.read.SecondOpinionPolicy}
 */
public record ReadRequest(
    String passId, String cameraId, ReadingMode mode, byte[] crop, String reason) {}
