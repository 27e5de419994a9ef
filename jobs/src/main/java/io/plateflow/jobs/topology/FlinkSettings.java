package io.plateflow.jobs.topology;

import io.plateflow.jobs.config.ExecutionConfig;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Applies the settings of Flink that the job needs, and those of the section {@code job}. */
final class FlinkSettings {

  static final Duration BUFFER_TIMEOUT = Duration.ofMillis(5);

  private FlinkSettings() {}

  static void apply(StreamExecutionEnvironment env, ExecutionConfig execution) {
    Configuration flink = new Configuration();
    // A type that falls to Kryo would tie savepoints to class layouts.
    flink.set(PipelineOptions.GENERIC_TYPES, false);
    flink.set(PipelineOptions.OBJECT_REUSE, true);
    // Passes are few: a buffer is never full, so this is what every hop adds to an alert.
    flink.set(ExecutionOptions.BUFFER_TIMEOUT, BUFFER_TIMEOUT);
    if (execution.checkpointDirectory() != null) {
      flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, execution.checkpointDirectory());
    }
    env.configure(flink);
    env.setMaxParallelism(execution.maxParallelism());
    if (execution.parallelism() != null) {
      env.setParallelism(execution.parallelism());
    }
    if (execution.checkpointInterval().compareTo(Duration.ZERO) > 0) {
      env.enableCheckpointing(execution.checkpointInterval().toMillis());
    }
  }
}
