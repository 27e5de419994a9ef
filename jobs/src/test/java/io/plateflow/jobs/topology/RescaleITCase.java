package io.plateflow.jobs.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.clients.camera.FrameSourceConfig;
import io.plateflow.clients.camera.StaticCameraCatalog;
import io.plateflow.clients.camera.testing.FilmRecorder;
import io.plateflow.clients.lists.PlateStatusEntry;
import io.plateflow.connectors.camera.source.FrameSource;
import io.plateflow.connectors.lists.ListRecordSerializer;
import io.plateflow.jobs.TestFrames;
import io.plateflow.jobs.detect.FrameDetector;
import io.plateflow.jobs.detect.MotionGateConfig;
import io.plateflow.jobs.evidence.EvidenceKeeper;
import io.plateflow.jobs.parking.ParkingConfig;
import io.plateflow.jobs.pass.AccessConfig;
import io.plateflow.jobs.pass.AlertConfig;
import io.plateflow.jobs.pass.LadderConfig;
import io.plateflow.jobs.pass.ReadAnswer;
import io.plateflow.jobs.pass.ReadRequest;
import io.plateflow.jobs.privacy.Privacy;
import io.plateflow.jobs.reading.PlateReading;
import io.plateflow.jobs.reading.ReadingConfig;
import io.plateflow.jobs.reading.SecondReader;
import io.plateflow.jobs.track.PassConfig;
import io.plateflow.jobs.track.RejoinConfig;
import io.plateflow.jobs.track.TrackingConfig;
import io.plateflow.models.engine.FrameDetections;
import io.plateflow.models.image.ImageDecoder;
import io.plateflow.models.motion.MotionConfig;
import io.plateflow.models.recognition.RecognizedPlate;
import io.plateflow.schemas.camera.CameraDefinition;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.frame.Frame;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.parking.VisitUpdate;
import io.plateflow.schemas.pass.VehiclePass;
import io.plateflow.schemas.status.PlateListType;
import io.plateflow.schemas.status.PlateStatus;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A savepoint in mid-film, gone on from with more subtasks: the same rows at the end. */
@Timeout(300)
class RescaleITCase {

  private static final int CAMERAS = 4;
  private static final int FRAMES = 300;

  /** Long enough that a car has passed, and is not waited for, before the next one comes. */
  private static final int BETWEEN_CARS = 100;

  private static final int IN_VIEW = 25;

  private static final String[] PLATES = {"B1234XYZ", "D5678ABC", "F9012KLM"};

  private static final PassConfig PASS_CONFIG =
      new PassConfig(
          new TrackingConfig(
              Duration.ofMillis(1500),
              3,
              0.5,
              new RejoinConfig(
                  Duration.ofMillis(500), Duration.ofMinutes(5), Duration.ofMinutes(10))),
          ReadingConfig.DEFAULT,
          AlertConfig.DEFAULT,
          AccessConfig.DEFAULT);

  private static final Map<String, String> PASSES = new ConcurrentSkipListMap<>();
  private static final Map<String, String> VISITS = new ConcurrentSkipListMap<>();

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  @TempDir private Path folder;

  @BeforeEach
  void films() throws Exception {
    for (int camera = 0; camera < CAMERAS; camera++) {
      Path film = folder.resolve(camera + ".mp4");
      try (FilmRecorder recorder =
          new FilmRecorder(film, FilmRecorder.Format.mpeg4(25, 400_000, 12, 0), 64, 48)) {
        Pixels picture = new Pixels(ByteBuffer.allocateDirect(64 * 48 * 3), 64, 48);
        for (int i = 0; i < FRAMES; i++) {
          recorder.record(picture);
        }
        recorder.finish();
      }
    }
  }

  @Test
  void aSavepointOfOneSubtaskGoesOnWithTwoAndWithFour() throws Exception {
    run(1, null);
    Map<String, String> passes = new TreeMap<>(PASSES);
    Map<String, String> visits = new TreeMap<>(VISITS);
    assertThat(passes).hasSize(CAMERAS * FRAMES / BETWEEN_CARS);
    assertThat(passes.values()).allMatch(row -> row.contains("frames=" + IN_VIEW));
    assertThat(passes.values()).anyMatch(row -> row.contains("BLACKLIST"));

    PASSES.clear();
    VISITS.clear();
    String savepoint = stopInMidFilm();
    Map<String, String> before = new TreeMap<>(PASSES);
    Map<String, String> visitsBefore = new TreeMap<>(VISITS);
    assertThat(before.size()).isBetween(1, passes.size() - 1);

    for (int parallelism : new int[] {2, 4}) {
      PASSES.clear();
      PASSES.putAll(before);
      VISITS.clear();
      VISITS.putAll(visitsBefore);
      run(parallelism, savepoint);
      assertThat(PASSES).as("passes at %d", parallelism).isEqualTo(passes);
      assertThat(VISITS).as("visits at %d", parallelism).isEqualTo(visits);
    }
  }

  private String stopInMidFilm() throws Exception {
    JobClient job = start(1, null, false);
    // The second cars are in view when the first have passed.
    while (PASSES.size() < CAMERAS) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return job.stopWithSavepoint(
            false, folder.resolve("savepoint").toUri().toString(), SavepointFormatType.CANONICAL)
        .get(60, TimeUnit.SECONDS);
  }

  private void run(int parallelism, String savepoint) throws Exception {
    start(parallelism, savepoint, true).getJobExecutionResult().get(120, TimeUnit.SECONDS);
  }

  private JobClient start(int parallelism, String savepoint, boolean finite) throws Exception {
    Configuration flink = new Configuration();
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    if (savepoint != null) {
      flink.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(flink);
    env.setParallelism(parallelism);
    env.setMaxParallelism(16);
    PlateSessionTopology.define(env, inputs(finite), recognition(), ParkingConfig.DEFAULT, sinks());
    return env.executeAsync();
  }

  private PipelineInputs inputs(boolean finite) {
    List<CameraDefinition> cameras = new ArrayList<>();
    for (int camera = 0; camera < CAMERAS; camera++) {
      cameras.add(
          new CameraDefinition(
              "cam-" + camera,
              folder.resolve(camera + ".mp4").toString(),
              "Gate " + camera,
              camera % 2 == 0 ? GateType.ENTRY : GateType.EXIT,
              List.of(),
              0,
              ZoneOffset.UTC,
              true,
              TestFrames.START.plusSeconds(camera % 2 * 600),
              List.of()));
    }
    return new PipelineInputs(
        FrameSource.builder()
            .setCatalog(new StaticCameraCatalog(cameras))
            .setConfig(FrameSourceConfig.DEFAULT.withFinite(finite).withRealtime(!finite))
            .setStillDecoder(new ImageDecoder())
            .setMaxParallelism(16)
            .build(),
        new ListInputs(
            new DataGeneratorSource<>(
                i -> new PlateStatusEntry(listed()), 1, ListRecordSerializer.TYPE),
            () -> List.of(new PlateStatusEntry(listed()))),
        null,
        null,
        null);
  }

  private static PlateStatus listed() {
    return new PlateStatus(PLATES[1], PlateListType.BLACKLIST, 1, Instant.EPOCH);
  }

  private static Recognition recognition() {
    return new Recognition(
        gpu -> new Cars(),
        new MotionGateConfig(false, MotionConfig.DEFAULT),
        4,
        Plates::new,
        LadderConfig.LOCAL,
        () -> new Nobody(),
        Duration.ofSeconds(5),
        PASS_CONFIG,
        metrics -> EvidenceKeeper.NOTHING,
        0,
        Privacy.NONE);
  }

  private static PipelineSinks sinks() {
    return new PipelineSinks(
        new PipelineSinks.Tables(
            (passes, uid, name) ->
                passes.sinkTo(new Table<VehiclePass>(RescaleITCase::note)).uid(uid).name(name),
            (visits, uid, name) ->
                visits.sinkTo(new Table<VisitUpdate>(RescaleITCase::note)).uid(uid).name(name),
            RescaleITCase::discard,
            RescaleITCase::discard,
            RescaleITCase::discard,
            RescaleITCase::discard,
            RescaleITCase::discard,
            RescaleITCase::discard),
        new PipelineSinks.Topics(
            new DiscardingSink<>(),
            new DiscardingSink<>(),
            new DiscardingSink<>(),
            new DiscardingSink<>(),
            new DiscardingSink<>(),
            new DiscardingSink<>()),
        new PipelineSinks.Rules(
            RescaleITCase::discard,
            RescaleITCase::discard,
            RescaleITCase::discard,
            new DiscardingSink<>()));
  }

  private static <T> DataStreamSink<T> discard(DataStream<T> records, String uid, String name) {
    return records.sinkTo(new DiscardingSink<>()).uid(uid).name(name);
  }

  private static void note(VehiclePass pass) {
    PASSES.put(pass.passId(), "%s %s %s".formatted(pass.seen(), pass.plate(), pass.match()));
  }

  private static void note(VisitUpdate update) {
    if (update.visit() == null) {
      VISITS.remove(update.visitId());
    } else {
      VISITS.put(update.visitId(), update.visit().toString());
    }
  }

  /** Which car of the film this frame belongs to. */
  private static long car(Frame frame) {
    return frame.sequence() / BETWEEN_CARS;
  }

  /** A car that drives by, again and again. */
  private static final class Cars implements FrameDetector {
    @Override
    public CompletableFuture<FrameDetections> detect(Frame frame) {
      long at = frame.sequence() % BETWEEN_CARS;
      return CompletableFuture.completedFuture(
          at < IN_VIEW ? TestFrames.found(TestFrames.carWithPlate(at)) : TestFrames.found());
    }

    @Override
    public int waiting() {
      return 0;
    }

    @Override
    public void close() {}
  }

  /** Reads a plate for each car of the film, the same before every camera. */
  private static final class Plates implements PlateReading {
    @Override
    public RecognizedPlate read(Frame frame, Detection plate) {
      String text = PLATES[(int) car(frame)];
      return new RecognizedPlate(TestFrames.read(text, 0.9), TestFrames.attributes(text));
    }

    @Override
    public void close() {}
  }

  /** Is never asked. */
  private static final class Nobody implements SecondReader {
    @Override
    public CompletableFuture<ReadAnswer> read(ReadRequest request) {
      throw new AssertionError("asked about " + request.passId());
    }

    @Override
    public void close() {}
  }

  /** What a table holds: the last word on every row. */
  private record Table<T>(Note<T> note) implements Sink<T> {

    interface Note<T> extends Consumer<T>, Serializable {}

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
      return new SinkWriter<>() {
        @Override
        public void write(T row, Context ctx) {
          note.accept(row);
        }

        @Override
        public void flush(boolean endOfInput) {}

        @Override
        public void close() {}
      };
    }
  }
}
