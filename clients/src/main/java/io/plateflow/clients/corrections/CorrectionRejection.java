package io.plateflow.clients.corrections;

import io.plateflow.schemas.frame.RejectedRecord;

/** A record that is no correction. */
public record CorrectionRejection(RejectedRecord rejected) implements CorrectionRecord {}
