package io.plateflow.jobs.topology;

import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.clients.lists.ListTopics;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.postgres.PostgresCorrections;
import io.plateflow.clients.postgres.PostgresProbe;
import io.plateflow.clients.rules.RuleTopics;
import io.plateflow.connectors.camera.source.FrameSource;
import io.plateflow.connectors.corrections.CorrectionSource;
import io.plateflow.connectors.evidence.EvidenceStore;
import io.plateflow.connectors.kafka.KafkaSinks;
import io.plateflow.connectors.lists.ListSource;
import io.plateflow.connectors.postgres.RejectedRowRelay;
import io.plateflow.connectors.reads.ReadSource;
import io.plateflow.connectors.retention.RetentionSink;
import io.plateflow.connectors.rules.RuleSource;
import io.plateflow.jobs.config.JobConfig;
import io.plateflow.jobs.corrections.CorrectionArchives;
import io.plateflow.jobs.corrections.CorrectionInputs;
import io.plateflow.jobs.enrich.ListSnapshot;
import io.plateflow.jobs.rules.DiskReports;
import io.plateflow.models.image.ImageDecoder;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds the job graph from a {@link JobConfig}. */
public final class JobAssembly {

  private static final Logger LOG = LoggerFactory.getLogger(JobAssembly.class);

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
    if (!config.source().finite()) {
      clock(env, config);
    }
  }

  private static void clock(StreamExecutionEnvironment env, JobConfig config) {
    String pictures = config.evidence().directory();
    ClockBranch.define(
        env,
        new RetentionSink(
            config.retention(),
            config.cameras(),
            config.postgres(),
            pictures == null ? null : new EvidenceStore(pictures)),
        new RejectedRowRelay(config.postgres()),
        KafkaSinks.rejectedRows(config.kafka(), config.delivery()));
  }

  private static PipelineInputs inputs(JobConfig config) {
    return new PipelineInputs(
        FrameSource.builder()
            .setCatalog(config.cameras())
            .setConfig(config.source())
            .setStillDecoder(new ImageDecoder())
            .setMaxParallelism(config.execution().maxParallelism())
            .build(),
        new ListInputs(
            ListSource.create(
                config.kafka(),
                config.reading().repeats().settledReads(),
                config.source().finite()),
            snapshot(config)),
        new CorrectionInputs(
            CorrectionSource.create(config.kafka(), config.source().finite()),
            archive(config),
            config.postgres().retryFor()),
        new ReadInputs(ReadSource.create(config.kafka(), config.source().finite()), config.reads()),
        rules(config));
  }

  private static RuleInputs rules(JobConfig config) {
    KafkaConfig kafka = config.kafka();
    boolean finite = config.source().finite();
    String pictures = config.evidence().directory();
    return new RuleInputs(
        RuleSource.create(kafka, finite),
        () -> RuleTopics.read(kafka),
        // A job that ends with its input has no clock.
        pictures == null || finite
            ? null
            : new DiskReports(new EvidenceStore(pictures), config.retention().keepFree()));
  }

  private static CorrectionArchives archive(JobConfig config) {
    PostgresConfig postgres = config.postgres();
    return () -> {
      // As their sinks do.
      PostgresProbe.awaitReachable(postgres, postgres.retryFor(), LOG::warn);
      return new PostgresCorrections(postgres);
    };
  }

  private static ListSnapshot snapshot(JobConfig config) {
    KafkaConfig kafka = config.kafka();
    return () -> ListTopics.read(kafka);
  }
}
