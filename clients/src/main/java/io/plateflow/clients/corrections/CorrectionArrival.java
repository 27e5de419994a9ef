package io.plateflow.clients.corrections;

import io.plateflow.schemas.corrections.Correction;

/** A correction. */
public record CorrectionArrival(Correction correction) implements CorrectionRecord {}
