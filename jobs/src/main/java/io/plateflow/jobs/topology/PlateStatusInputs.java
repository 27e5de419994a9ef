package io.plateflow.jobs.topology;

import io.plateflow.clients.status.PlateStatusRecord;
import io.plateflow.jobs.enrich.PlateStatusSnapshot;
import org.apache.flink.api.connector.source.Source;

/**
 * Where the access list comes from.
 *
 * @param atStart the list as an operator finds it when it starts
 */
public record PlateStatusInputs(
    Source<PlateStatusRecord, ?, ?> records, PlateStatusSnapshot atStart) {}
