package io.plateflow.jobs.topology;

import io.plateflow.clients.lists.ListRecord;
import io.plateflow.jobs.enrich.ListSnapshot;
import org.apache.flink.api.connector.source.Source;

/**
 * Where the lists come from.
 *
 * @param atStart the lists as an operator finds them when it starts
 */
public record ListInputs(Source<ListRecord, ?, ?> records, ListSnapshot atStart) {}
