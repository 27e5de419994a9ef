package io.plateflow.clients.status;

import io.plateflow.schemas.frame.RejectedRecord;

/** A record that is no entry of the access list; names its topic, partition and offset. */
public record PlateStatusRejection(RejectedRecord rejected) implements PlateStatusRecord {}
