package io.plateflow.clients.corrections;

/** One record of the topic of corrections: a correction, or why it is none. */
public sealed interface CorrectionRecord permits CorrectionArrival, CorrectionRejection {}
