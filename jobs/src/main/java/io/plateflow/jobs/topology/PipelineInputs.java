package io.plateflow.jobs.topology;

import io.plateflow.connectors.camera.CameraRecord;
import org.apache.flink.api.connector.source.Source;

/** The sources of frames and of the access list. */
public record PipelineInputs(Source<CameraRecord, ?, ?> cameras, PlateStatusInputs plateStatuses) {}
