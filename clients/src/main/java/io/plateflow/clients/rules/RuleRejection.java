package io.plateflow.clients.rules;

import io.plateflow.schemas.frame.RejectedRecord;

/** A record that is neither a rule nor a site; names its topic, partition and offset. */
public record RuleRejection(RejectedRecord rejected) implements RuleRecord {}
