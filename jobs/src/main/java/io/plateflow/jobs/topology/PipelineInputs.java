package io.plateflow.jobs.topology;

import io.plateflow.connectors.camera.CameraRecord;
import io.plateflow.jobs.corrections.CorrectionInputs;
import org.apache.flink.api.connector.source.Source;
import org.jspecify.annotations.Nullable;

/**
 * The sources of the job.
 *
 * @param corrections null where nobody corrects passes
 * @param reads null where only the cameras of the job are looked at
 * @param rules null where there are none
 */
public record PipelineInputs(
    Source<CameraRecord, ?, ?> cameras,
    ListInputs lists,
    @Nullable CorrectionInputs corrections,
    @Nullable ReadInputs reads,
    @Nullable RuleInputs rules) {}
