package io.plateflow.jobs.topology;

import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.clients.status.PlateStatusTopic;
import io.plateflow.connectors.camera.FrameSource;
import io.plateflow.connectors.evidence.EvidenceStore;
import io.plateflow.connectors.retention.RetentionSink;
import io.plateflow.connectors.retention.TickSource;
import io.plateflow.connectors.status.PlateStatusSource;
import io.plateflow.jobs.config.JobConfig;
import io.plateflow.jobs.enrich.PlateStatusSnapshot;
import io.plateflow.models.image.ImageDecoder;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Builds the job graph from a {@link JobConfig}. */
public final class JobAssembly {

  /** Between two steps; a step deletes a batch at most. */
  private static final Duration RETENTION_STEP = Duration.ofSeconds(1);

  private JobAssembly() {}

  /** Adds the job that the configuration describes; Postgres and Kafka must be named in it. */
  public static void assemble(StreamExecutionEnvironment env, JobConfig config) {
    FlinkSettings.apply(env, config.execution());
    PlateSessionTopology.define(
        env,
        inputs(config),
        RecognitionAssembly.recognition(config),
        config.parking(),
        SinkAssembly.sinks(config));
    retention(env, config);
  }

  private static void retention(StreamExecutionEnvironment env, JobConfig config) {
    String pictures = config.evidence().directory();
    env.fromSource(
            new TickSource(RETENTION_STEP, config.source().finite()),
            WatermarkStrategy.noWatermarks(),
            "Retention clock",
            Types.LONG)
        .uid(Uids.RETENTION_CLOCK)
        .setParallelism(1)
        .sinkTo(
            new RetentionSink(
                config.retention(),
                config.cameras(),
                config.postgres(),
                pictures == null ? null : new EvidenceStore(pictures)))
        .uid(Uids.RETENTION)
        .name("Delete expired passes")
        .setParallelism(1);
  }

  private static PipelineInputs inputs(JobConfig config) {
    return new PipelineInputs(
        FrameSource.builder()
            .setCatalog(config.cameras())
            .setOptions(config.source())
            .setStillDecoder(new ImageDecoder())
            .setMaxParallelism(config.execution().maxParallelism())
            .build(),
        PlateStatusSource.create(config.kafka(), config.source().finite()),
        snapshot(config));
  }

  private static PlateStatusSnapshot snapshot(JobConfig config) {
    KafkaConfig kafka = config.kafka();
    return () -> PlateStatusTopic.read(kafka);
  }
}
