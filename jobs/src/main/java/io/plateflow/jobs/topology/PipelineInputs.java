package io.plateflow.jobs.topology;

import io.plateflow.clients.lists.ListRecord;
import io.plateflow.connectors.camera.CameraRecord;
import io.plateflow.jobs.enrich.ListSnapshot;
import org.apache.flink.api.connector.source.Source;

/** The sources of frames and of lists. */
public record PipelineInputs(
    Source<CameraRecord, ?, ?> cameras,
    Source<ListRecord, ?, ?> lists,
    ListSnapshot listsAtStart) {}
