package io.plateflow.jobs.topology;

import io.plateflow.clients.rules.RuleRecord;
import io.plateflow.jobs.rules.DiskReports;
import io.plateflow.jobs.rules.RuleSnapshot;
import org.apache.flink.api.connector.source.Source;
import org.jspecify.annotations.Nullable;

/**
 * Where rules and sites come from, and what they look at beside the cameras.
 *
 * @param atStart the rules as an operator finds them when it starts
 * @param disk null where no disk is watched
 */
public record RuleInputs(
    Source<RuleRecord, ?, ?> records, RuleSnapshot atStart, @Nullable DiskReports disk) {}
