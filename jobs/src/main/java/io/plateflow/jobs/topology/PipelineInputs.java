package io.plateflow.jobs.topology;

import io.plateflow.connectors.camera.CameraRecord;
import org.apache.flink.api.connector.source.Source;

/** The sources of frames and of lists. */
public record PipelineInputs(Source<CameraRecord, ?, ?> cameras, ListInputs lists) {}
