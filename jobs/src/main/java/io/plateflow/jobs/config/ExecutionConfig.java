package io.plateflow.jobs.config;

import io.plateflow.schemas.config.DurationRange;
import io.soabase.recordbuilder.core.RecordBuilder;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How Flink runs the job.
 *
 * @param parallelism null leaves it to the cluster
 * @param maxParallelism key groups; never change it for a job that has a savepoint
 * @param framesInFlight frames of one subtask that may be in the inference engine at once
 * @param checkpointInterval zero switches checkpoints off
 * @param checkpointDirectory or null for the cluster's own
 */
@RecordBuilder
public record ExecutionConfig(
    @Min(1) @Max(32_768) @Nullable Integer parallelism,
    @Min(1) @Max(32_768) int maxParallelism,
    @Min(1) @Max(256) int framesInFlight,
    @DurationRange(max = "24h") Duration checkpointInterval,
    @Nullable String checkpointDirectory)
    implements ExecutionConfigBuilder.With {

  public static final ExecutionConfig DEFAULT =
      new ExecutionConfig(null, 128, 4, Duration.ofSeconds(10), null);
}
