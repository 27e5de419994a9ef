package io.plateflow.jobs.topology;

import io.plateflow.clients.status.PlateStatusRecord;
import io.plateflow.connectors.camera.CameraRecord;
import io.plateflow.jobs.enrich.PlateStatusSnapshot;
import org.apache.flink.api.connector.source.Source;

/** The sources of frames and of the access list. */
public record PipelineInputs(
    Source<CameraRecord, ?, ?> cameras,
    Source<PlateStatusRecord, ?, ?> plateStatuses,
    PlateStatusSnapshot statusesAtStart) {}
