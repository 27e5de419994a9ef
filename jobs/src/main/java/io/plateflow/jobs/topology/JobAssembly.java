package io.plateflow.jobs.topology;

import io.plateflow.clients.evidence.EvidenceWriters;
import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.status.PlateStatusTopic;
import io.plateflow.connectors.camera.FrameSource;
import io.plateflow.connectors.evidence.EvidenceStore;
import io.plateflow.connectors.kafka.KafkaSinks;
import io.plateflow.connectors.postgres.ParkingSink;
import io.plateflow.connectors.postgres.PassSink;
import io.plateflow.connectors.postgres.PlateStatusSink;
import io.plateflow.connectors.postgres.RejectedRowRelay;
import io.plateflow.connectors.retention.RetentionSink;
import io.plateflow.connectors.status.PlateStatusSource;
import io.plateflow.jobs.config.JobConfig;
import io.plateflow.jobs.config.ReadingConfig;
import io.plateflow.jobs.detect.EngineFrameDetector;
import io.plateflow.jobs.enrich.PlateStatusSnapshot;
import io.plateflow.jobs.evidence.EvidenceConfig;
import io.plateflow.jobs.evidence.EvidenceKeeper;
import io.plateflow.jobs.evidence.EvidenceMetrics;
import io.plateflow.jobs.evidence.StoredEvidence;
import io.plateflow.jobs.gemini.PostgresBudgets;
import io.plateflow.jobs.pass.LadderConfig;
import io.plateflow.jobs.privacy.PlateHash;
import io.plateflow.jobs.privacy.Privacy;
import io.plateflow.jobs.reading.GeminiSecondReader;
import io.plateflow.jobs.reading.LadderPlateReading;
import io.plateflow.jobs.reading.SecondReader;
import io.plateflow.models.gemini.GeminiConfig;
import io.plateflow.models.image.ImageDecoder;
import io.plateflow.models.read.LocalPlateReader;
import io.plateflow.models.read.PlateReader;
import io.plateflow.models.read.ReaderConfig;
import io.plateflow.models.read.ReadingLadder;
import io.plateflow.models.tesseract.TesseractPlateReader;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the configured source, recognition and sinks into the topology. */
public final class JobAssembly {

  private static final Logger LOG = LoggerFactory.getLogger(JobAssembly.class);

  static final Duration BUFFER_TIMEOUT = Duration.ofMillis(5);

  private static final Duration ANSWER_GRACE = Duration.ofSeconds(5);

  private JobAssembly() {}

  /** Adds the job that the configuration describes; Postgres and Kafka must be named in it. */
  public static void assemble(StreamExecutionEnvironment env, JobConfig config) {
    configure(env, config);
    PlateSessionTopology.define(
        env, inputs(config), recognition(config), config.parking(), sinks(config));
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

  private static void configure(StreamExecutionEnvironment env, JobConfig config) {
    var execution = config.execution();
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
    if (execution.parallelism() > 0) {
      env.setParallelism(execution.parallelism());
    }
    if (execution.checkpointInterval().compareTo(Duration.ZERO) > 0) {
      env.enableCheckpointing(execution.checkpointInterval().toMillis());
    }
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

  private static Recognition recognition(JobConfig config) {
    var detection = config.detection();
    var reading = config.reading();
    LadderConfig ladder = ladder(config);
    return new Recognition(
        gpu -> new EngineFrameDetector(detection, gpu, () -> reader(reading)),
        config.motion(),
        config.execution().framesInFlight(),
        () -> new LadderPlateReading(reader(reading), ladder),
        ladder,
        secondReader(config),
        // The reader keeps its deadline itself; this is for the day it does not.
        config.gemini().deadline().plus(ANSWER_GRACE),
        config.tracking(),
        evidence(config),
        config.matchTolerance(),
        privacy(config));
  }

  private static Privacy privacy(JobConfig config) {
    EvidenceConfig evidence = config.evidence();
    boolean pictures = config.privacy().blurPlates() && evidence.directory() != null;
    EvidenceStore store = pictures ? new EvidenceStore(evidence.directory()) : null;
    return new Privacy(
        config.privacy().hashPlates() ? () -> PlateHash.fromEnvironment(System.getenv()) : null,
        metrics ->
            store == null
                ? null
                : new EvidenceWriters(
                    store, evidence.writers(), evidence.queueSize(), new EvidenceMetrics(metrics)));
  }

  /** Without a key everything is read locally; said once, here. */
  private static LadderConfig ladder(JobConfig config) {
    LadderConfig ladder = config.reading().ladder();
    if (ladder.gemini() && config.gemini().key() == null) {
      LOG.info(
          "No Gemini key (gemini.api-key, GEMINI_API_KEY or GOOGLE_API_KEY): plates are read"
              + " locally only");
      return ladder.withoutGemini();
    }
    return ladder;
  }

  private static SecondReader.Factory secondReader(JobConfig config) {
    GeminiConfig gemini = config.gemini();
    PostgresConfig postgres = config.postgres();
    return () -> GeminiSecondReader.open(gemini, () -> PostgresBudgets.open(postgres, gemini));
  }

  private static PlateReader reader(ReadingConfig config) {
    ReaderConfig d = ReaderConfig.DEFAULTS;
    ReaderConfig local =
        new ReaderConfig(
            config.model(),
            d.device(),
            d.deviceIndex(),
            config.threads(),
            d.beamWidth(),
            d.margins(),
            d.sureConfidence(),
            d.minConfidence(),
            d.grammar());
    return switch (config.readers()) {
      case LOCAL -> LocalPlateReader.shared(local);
      case TESSERACT -> TesseractPlateReader.open();
      case LADDER ->
          new ReadingLadder(
              List.of(LocalPlateReader.shared(local), TesseractPlateReader.open()),
              local.minConfidence());
    };
  }

  private static EvidenceKeeper.Factory evidence(JobConfig config) {
    EvidenceConfig evidence = config.evidence();
    if (evidence.directory() == null) {
      return metrics -> EvidenceKeeper.NOTHING;
    }
    EvidenceStore store = new EvidenceStore(evidence.directory());
    int padding = config.detection().platePadding();
    boolean blur = config.privacy().blurPlates();
    return metrics -> new StoredEvidence(store, evidence, padding, blur, metrics);
  }

  private static PipelineSinks sinks(JobConfig config) {
    return new PipelineSinks(
        PassSink.create(config.postgres()),
        PlateStatusSink.create(config.postgres()),
        KafkaSinks.passes(config.kafka(), config.delivery()),
        KafkaSinks.alerts(config.kafka(), config.delivery()),
        KafkaSinks.cameras(config.kafka(), DeliveryGuarantee.AT_LEAST_ONCE),
        KafkaSinks.rejected(config.kafka(), config.delivery()),
        ParkingSink.create(config.postgres()),
        KafkaSinks.parking(config.kafka(), config.delivery()));
  }
}
