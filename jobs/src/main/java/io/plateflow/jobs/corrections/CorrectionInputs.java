package io.plateflow.jobs.corrections;

import io.plateflow.clients.corrections.CorrectionRecord;
import java.time.Duration;
import org.apache.flink.api.connector.source.Source;

/**
 * Where corrections come from, and where those of before and their passes are looked up.
 *
 * @param writtenAfter longest time after which the row of a pass is there to be looked up
 */
public record CorrectionInputs(
    Source<CorrectionRecord, ?, ?> records, CorrectionArchives archive, Duration writtenAfter) {}
