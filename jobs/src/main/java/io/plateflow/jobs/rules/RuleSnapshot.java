package io.plateflow.jobs.rules;

import io.plateflow.clients.rules.RuleRecord;
import java.io.Serializable;
import java.util.List;

/** Loads all rules and sites when an operator starts, so that the first pass already meets them. */
@FunctionalInterface
public interface RuleSnapshot extends Serializable {
  List<RuleRecord> load();
}
