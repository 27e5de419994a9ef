package io.plateflow.jobs.pass;

import io.plateflow.schemas.corrections.Correction;

/**
 * A correction on its way to its table.
 *
 * @param listed whether the plate that it gives is on a list
 */
public record NotedCorrection(Correction correction, boolean listed) {}
