package io.plateflow.clients.lists;

import io.plateflow.schemas.frame.RejectedRecord;

/** A record that is neither a list nor an entry; names its topic, partition and offset. */
public record ListRejection(RejectedRecord rejected) implements ListRecord {}
