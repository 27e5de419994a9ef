package io.plateflow.clients.rules;

import io.plateflow.schemas.rules.Rule;

/** A rule as it is now. */
public record RuleChange(Rule rule) implements RuleRecord {}
