package io.plateflow.jobs.config;

import io.plateflow.clients.config.ConfigSection;
import java.time.Duration;

/**
 * How Flink runs the job.
 *
 * @param parallelism 0 leaves it to the cluster
 * @param maxParallelism key groups; never change it for a job that has a savepoint
 * @param framesInFlight frames of one subtask that may be in the inference engine at once
 * @param checkpointInterval zero switches checkpoints off
 * @param checkpointDirectory or null for the cluster's own
 */
public record ExecutionConfig(
    int parallelism,
    int maxParallelism,
    int framesInFlight,
    Duration checkpointInterval,
    String checkpointDirectory) {

  static ExecutionConfig parse(ConfigSection s) {
    return new ExecutionConfig(
        s.integer("parallelism", 0, 1, 32_768),
        s.integer("max-parallelism", 128, 1, 32_768),
        s.integer("frames-in-flight", 4, 1, 256),
        s.duration(
            "checkpoint-interval", Duration.ofSeconds(10), Duration.ZERO, Duration.ofHours(24)),
        s.string("checkpoint-directory", null));
  }

  ExecutionConfig withDefaultCheckpoints(String directory) {
    return new ExecutionConfig(
        parallelism,
        maxParallelism,
        framesInFlight,
        checkpointInterval,
        checkpointDirectory == null ? directory : checkpointDirectory);
  }
}
