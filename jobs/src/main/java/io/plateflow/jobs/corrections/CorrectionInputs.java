package io.plateflow.jobs.corrections;

import io.plateflow.clients.corrections.CorrectionRecord;
import org.apache.flink.api.connector.source.Source;

/** Where corrections come from, and where those of before and their passes are looked up. */
public record CorrectionInputs(
    Source<CorrectionRecord, ?, ?> records, CorrectionArchives archive) {}
