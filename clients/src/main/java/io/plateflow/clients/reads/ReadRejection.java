package io.plateflow.clients.reads;

import io.plateflow.schemas.frame.RejectedRecord;

/** A record that is no read; names its topic, partition and offset. */
public record ReadRejection(RejectedRecord rejected) implements ReadRecord {}
