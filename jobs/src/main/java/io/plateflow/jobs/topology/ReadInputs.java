package io.plateflow.jobs.topology;

import io.plateflow.clients.reads.ReadRecord;
import io.plateflow.jobs.reads.ReadsConfig;
import org.apache.flink.api.connector.source.Source;

/** Where reads of others than the cameras come from, and what becomes of them. */
public record ReadInputs(Source<ReadRecord, ?, ?> records, ReadsConfig config) {}
