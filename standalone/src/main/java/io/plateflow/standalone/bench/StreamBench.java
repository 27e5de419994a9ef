package io.plateflow.standalone.bench;

import com.sun.management.OperatingSystemMXBean;
import io.plateflow.clients.embedded.EmbeddedPostgresServer;
import io.plateflow.clients.embedded.LocalPort;
import io.plateflow.clients.lists.ListRecord;
import io.plateflow.clients.lists.PlateStatusEntry;
import io.plateflow.clients.postgres.DatabaseMigration;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.connectors.lists.ListRecordSerializer;
import io.plateflow.connectors.postgres.ParkingSink;
import io.plateflow.connectors.postgres.PassSink;
import io.plateflow.connectors.postgres.TableSink;
import io.plateflow.jobs.detect.DetectedFrame;
import io.plateflow.jobs.detect.DetectorRecord;
import io.plateflow.jobs.detect.DetectorRecordSerializer;
import io.plateflow.jobs.detect.MotionGateConfig;
import io.plateflow.jobs.evidence.EvidenceKeeper;
import io.plateflow.jobs.parking.ParkingConfig;
import io.plateflow.jobs.pass.LadderConfig;
import io.plateflow.jobs.privacy.Privacy;
import io.plateflow.jobs.topology.ListInputs;
import io.plateflow.jobs.topology.PipelineSinks;
import io.plateflow.jobs.topology.PlateSessionTopology;
import io.plateflow.jobs.topology.Recognition;
import io.plateflow.jobs.track.PassConfig;
import io.plateflow.models.motion.MotionConfig;
import io.plateflow.schemas.parking.VisitUpdate;
import io.plateflow.schemas.pass.VehiclePass;
import io.plateflow.schemas.status.PlateListType;
import io.plateflow.schemas.status.PlateStatus;
import io.plateflow.standalone.LoopbackRest;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * Measures the path behind the detector on synthetic detections at full speed: throughput, and
 * whether its state grows.
 */
final class StreamBench {

  private static final int MAX_PARALLELISM = 128;
  private static final int LISTED_PLATES = 10_000;
  private static final int POINTS = 12;
  private static final Duration CHECKPOINTS = Duration.ofSeconds(5);
  private static final double TOLERANCE = 1;

  private final PrintStream out;
  private final int cameras;
  private final Duration eventTime;
  private final int parallelism;
  private final String stateBackend;
  private final boolean tables;

  /**
   * @param eventTime how much time passes before the cameras
   * @param stateBackend {@code hashmap} or {@code rocksdb}
   * @param tables whether passes and visits are written to a Postgres of the bench's own
   */
  StreamBench(
      PrintStream out,
      int cameras,
      Duration eventTime,
      int parallelism,
      String stateBackend,
      boolean tables) {
    this.out = out;
    this.cameras = cameras;
    this.eventTime = eventTime;
    this.parallelism = parallelism;
    this.stateBackend = stateBackend;
    this.tables = tables;
  }

  void run(Path checkpoints) throws Exception {
    if (!tables) {
      run(checkpoints, sinks(StreamBench::discard, StreamBench::discard));
      return;
    }
    try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start(0, null)) {
      PostgresConfig postgres = server.config();
      DatabaseMigration.migrate(postgres);
      run(checkpoints, sinks(PassSink.create(postgres), ParkingSink.create(postgres)));
    }
  }

  private void run(Path checkpoints, PipelineSinks sinks) throws Exception {
    int restPort = LocalPort.claim(0, "REST interface");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(
            parallelism, configuration(checkpoints, restPort));
    long ticks = eventTime.toSeconds() * SyntheticTraffic.FRAMES_PER_SECOND;
    define(env, ticks, sinks);
    out.printf(
        "%d cameras, %d min of event time, parallelism %d, state backend %s, tables %s%n",
        cameras,
        eventTime.toMinutes(),
        parallelism,
        stateBackend,
        tables ? "written" : "discarded");
    JobClient job = env.executeAsync("Stream bench");
    watch(job, new CheckpointSizes(restPort, job.getJobID().toHexString()), ticks);
    job.getJobExecutionResult().get();
  }

  private Configuration configuration(Path checkpoints, int restPort) {
    Configuration flink = new Configuration();
    flink.set(PipelineOptions.GENERIC_TYPES, false);
    flink.set(PipelineOptions.OBJECT_REUSE, true);
    flink.set(StateBackendOptions.STATE_BACKEND, stateBackend);
    flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINTS);
    flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
    LoopbackRest.configure(flink, restPort);
    return flink;
  }

  private void define(StreamExecutionEnvironment env, long ticks, PipelineSinks sinks) {
    env.setMaxParallelism(MAX_PARALLELISM);
    SyntheticTraffic traffic = new SyntheticTraffic();
    SingleOutputStreamOperator<DetectorRecord> frames =
        env.fromSource(
                new NumberSequenceSource(0, ticks * parallelism - 1),
                WatermarkStrategy.noWatermarks(),
                "Clock",
                Types.LONG)
            .flatMap(new SyntheticFrames(traffic, cameras))
            .returns(DetectorRecordSerializer.TYPE)
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.<DetectorRecord>forMonotonousTimestamps()
                    .withTimestampAssigner(
                        (f, t) -> ((DetectedFrame) f).frame().capturedAt().toEpochMilli()));
    PlateSessionTopology.defineBehindDetector(
        env,
        frames,
        new ListInputs(statuses(), StreamBench::accessList),
        null,
        null,
        null,
        new Recognition(
            gpu -> {
              throw new IllegalStateException("The frames of the bench are detected already");
            },
            new MotionGateConfig(false, MotionConfig.DEFAULT),
            1,
            () -> new SyntheticReading(traffic),
            LadderConfig.LOCAL,
            NoOpSecondReader::new,
            Duration.ofSeconds(1),
            PassConfig.DEFAULT,
            metrics -> EvidenceKeeper.NOTHING,
            TOLERANCE,
            Privacy.NONE),
        ParkingConfig.DEFAULT,
        sinks);
  }

  private static PipelineSinks sinks(TableSink<VehiclePass> passes, TableSink<VisitUpdate> visits) {
    return new PipelineSinks(
        new PipelineSinks.Tables(
            passes,
            visits,
            StreamBench::discard,
            StreamBench::discard,
            StreamBench::discard,
            StreamBench::discard,
            StreamBench::discard,
            StreamBench::discard),
        new PipelineSinks.Topics(
            new DiscardingSink<>(),
            new DiscardingSink<>(),
            new DiscardingSink<>(),
            new DiscardingSink<>(),
            new DiscardingSink<>(),
            new DiscardingSink<>()),
        new PipelineSinks.Rules(
            StreamBench::discard,
            StreamBench::discard,
            StreamBench::discard,
            new DiscardingSink<>()));
  }

  private static <T> DataStreamSink<T> discard(DataStream<T> records, String uid, String name) {
    return records
        .sinkTo(new DiscardingSink<>())
        .uid(uid)
        .name(name)
        .setParallelism(records.getParallelism());
  }

  /** An empty stream: the snapshot at the start holds all entries. */
  private static DataGeneratorSource<ListRecord> statuses() {
    return new DataGeneratorSource<>(i -> accessList().get(0), 1, ListRecordSerializer.TYPE);
  }

  private static List<ListRecord> accessList() {
    List<ListRecord> list = new ArrayList<>();
    for (int i = 0; i < LISTED_PLATES; i++) {
      String plate = SyntheticTraffic.plate(SyntheticTraffic.hash(i, 3));
      PlateListType type = i % 2 == 0 ? PlateListType.BLACKLIST : PlateListType.WHITELIST;
      list.add(new PlateStatusEntry(new PlateStatus(plate, type, 1, SyntheticTraffic.START)));
    }
    return list;
  }

  private void watch(JobClient job, CheckpointSizes sizes, long ticks) throws Exception {
    out.printf("%10s %12s %14s %10s%n", "event time", "detections", "detections/s", "state kB");
    long begun = 0;
    long cpuBegun = 0;
    long lastNanos = 0;
    long lastDetections = 0;
    long smallest = Long.MAX_VALUE;
    long largest = 0;
    int point = 0;
    long seen = 0;
    while (!ended(job)) {
      Thread.sleep(20);
      long now = System.nanoTime();
      seen = SyntheticFrames.TICKS.get();
      if (begun == 0 && seen > 0) {
        begun = now;
        cpuBegun = cpuNanos();
        lastNanos = now;
      }
      if (seen < ticks * (point + 1) / POINTS) {
        continue;
      }
      point++;
      long detections = SyntheticFrames.DETECTIONS.get();
      OptionalLong size = point < POINTS ? sizes.latest() : OptionalLong.empty();
      if (size.isPresent()) {
        smallest = Math.min(smallest, size.getAsLong());
        largest = Math.max(largest, size.getAsLong());
      }
      out.printf(
          "%7d min %12d %14.0f %10s%n",
          seen / SyntheticTraffic.FRAMES_PER_SECOND / 60,
          detections,
          (detections - lastDetections) / ((now - lastNanos) / 1e9),
          size.isPresent() ? "%.0f".formatted(size.getAsLong() / 1e3) : "-");
      lastNanos = now;
      lastDetections = detections;
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    double cpuSeconds = (cpuNanos() - cpuBegun) / 1e9;
    long detections = SyntheticFrames.DETECTIONS.get();
    out.printf(
        "%d detections in %d frames in %.1f s: %.0f detections/s%n",
        detections, SyntheticFrames.FRAMES.get(), seconds, detections / seconds);
    // What else runs on the machine takes time from this; processor time tells what it needs.
    out.printf(
        "%.1f s of processor time: %.0f detections per second of one core%n",
        cpuSeconds, detections / cpuSeconds);
    out.printf("State: %.0f to %.0f kB%n", smallest / 1e3, largest / 1e3);
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private static boolean ended(JobClient job) throws Exception {
    JobStatus status = job.getJobStatus().get();
    return status.isGloballyTerminalState();
  }
}
