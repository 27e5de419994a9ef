package io.plateflow.connectors.camera.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.clients.camera.StaticCameraCatalog;
import io.plateflow.clients.camera.YamlCameraCatalog;
import io.plateflow.clients.camera.testing.ImageIoStillDecoder;
import io.plateflow.clients.camera.testing.TestCameras;
import io.plateflow.clients.camera.testing.TestFilms;
import io.plateflow.clients.camera.testing.TestStills;
import io.plateflow.connectors.camera.CameraRecord;
import io.plateflow.connectors.camera.FrameWatermarks;
import io.plateflow.connectors.camera.testing.SequenceCheck;
import io.plateflow.schemas.camera.CameraDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.CommonTestUtils;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FrameSourceITCase {

  private static final int MAX_PARALLELISM = 8;

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  @TempDir private Path folder;

  @Test
  void endsWithItsFilesAndFolders() throws Exception {
    List<CameraDefinition> cameras = cameras();
    List<String> seen = collect(environment(2), cameras, "finite: true", 0);

    assertThat(seen).hasSize(80 + 30 + 6 + 3);
    assertThat(seen)
        .contains("film-1 ended after 80", "film-2 ended after 30", "stills ended after 2");
    assertThat(seen)
        .filteredOn(line -> line.startsWith("stills ") && line.endsWith("rejected"))
        .hasSize(4);
  }

  @Test
  void everyFrameOnceAcrossAFailure() throws Exception {
    List<CameraDefinition> cameras = cameras();
    List<String> undisturbed = collect(environment(2), cameras, "finite: true", 0);

    StreamExecutionEnvironment env = environment(2);
    env.enableCheckpointing(50);
    // Paced, so that checkpoints fall between the frames.
    List<String> disturbed = collect(env, cameras, "{finite: true, realtime: true}", 10);

    assertThat(SequenceCheck.breaks()).isPositive();
    disturbed.removeIf(line -> line.contains("ended"));
    undisturbed.removeIf(line -> line.contains("ended"));
    assertThat(disturbed).containsExactlyInAnyOrderElementsOf(undisturbed);
  }

  @Test
  void camerasMoveWithTheirOffsetsWhenTheJobIsRescaled(@InjectMiniCluster MiniCluster cluster)
      throws Exception {
    List<CameraDefinition> cameras = cameras();
    StreamExecutionEnvironment before = environment(1);
    stream(before, cameras, "realtime: true", 0).sinkTo(new DiscardingSink<>());
    JobClient job = before.executeAsync();
    CommonTestUtils.waitForAllTaskRunning(cluster, job.getJobID(), false);
    String savepoint =
        job.stopWithSavepoint(
                false,
                folder.resolve("savepoint").toUri().toString(),
                SavepointFormatType.CANONICAL)
            .get(60, TimeUnit.SECONDS);

    Configuration restored = new Configuration();
    restored.setString("execution.state-recovery.path", savepoint);
    restored.setString("execution.state-recovery.ignore-unclaimed-state", "true");
    StreamExecutionEnvironment after = StreamExecutionEnvironment.getExecutionEnvironment(restored);
    after.setParallelism(3);
    after.setMaxParallelism(MAX_PARALLELISM);
    List<String> rest = collect(after, cameras, "finite: true", 0);

    // The check's restored state fails the job on any gap or repetition; so what is left to see is
    // that all of them came to their ends.
    assertThat(rest)
        .contains("film-1 ended after 80", "film-2 ended after 30", "stills ended after 2");
  }

  @Test
  void aRunningJobFollowsItsCatalogueAndOutlivesBadCameras() throws Exception {
    cameras();
    Path catalog = folder.resolve("cameras.yml");
    Files.writeString(
        catalog,
        """
        cameras:
          - {id: refused, uri: 'rtsp://127.0.0.1:1/x'}
          - {id: film-1, uri: 1.mp4}
        """);
    FrameSource source =
        FrameSource.builder()
            .setCatalog(new YamlCameraCatalog(catalog))
            .setConfig(TestCameras.options("{catalog-poll-interval: 100ms}"))
            .setStillDecoder(new ImageIoStillDecoder())
            .setMaxParallelism(MAX_PARALLELISM)
            .build();
    StreamExecutionEnvironment env = environment(2);
    try (CloseableIterator<String> lines =
        stream(env, source, 0).executeAndCollect("cameras of a file")) {
      awaitLine(lines, "film-1 ended after 80");

      Files.writeString(
          catalog,
          """
          cameras:
            - {id: refused, uri: 'rtsp://127.0.0.1:1/x'}
            - {id: film-2, uri: 2.mp4}
          """);

      awaitLine(lines, "film-1 ended after 80: left the catalogue", "film-2 ended after 30");
    }
  }

  private static void awaitLine(CloseableIterator<String> lines, String... wanted) {
    Set<String> missing = new HashSet<>(Set.of(wanted));
    while (!missing.isEmpty()) {
      missing.remove(lines.next());
    }
  }

  private List<CameraDefinition> cameras() throws Exception {
    Path stills = folder.resolve("stills");
    if (Files.notExists(stills)) {
      TestFilms.h264(folder.resolve("1.mp4"), 80, 320, 192);
      TestFilms.reordered(folder.resolve("2.mp4"), 30, 320, 192);
      TestStills.folderWithBadFiles(Files.createDirectory(stills));
    }
    return List.of(
        TestCameras.camera("film-1", folder.resolve("1.mp4").toString()),
        TestCameras.camera("film-2", folder.resolve("2.mp4").toString()),
        TestCameras.camera("stills", stills.toString()));
  }

  private static StreamExecutionEnvironment environment(int parallelism) {
    Configuration config = new Configuration();
    config.setString("restart-strategy.type", "fixed-delay");
    config.setString("restart-strategy.fixed-delay.attempts", "1");
    config.setString("restart-strategy.fixed-delay.delay", "0 s");
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(config);
    env.setParallelism(parallelism);
    env.setMaxParallelism(MAX_PARALLELISM);
    return env;
  }

  private static List<String> collect(
      StreamExecutionEnvironment env,
      List<CameraDefinition> cameras,
      String options,
      int breakAfterFrames)
      throws Exception {
    List<String> seen = new ArrayList<>();
    try (CloseableIterator<String> lines =
        stream(env, cameras, options, breakAfterFrames).executeAndCollect()) {
      lines.forEachRemaining(seen::add);
    }
    return seen;
  }

  private static DataStream<String> stream(
      StreamExecutionEnvironment env,
      List<CameraDefinition> cameras,
      String options,
      int breakAfterFrames) {
    FrameSource source =
        FrameSource.builder()
            .setCatalog(new StaticCameraCatalog(cameras))
            .setConfig(TestCameras.options(options))
            .setStillDecoder(new ImageIoStillDecoder())
            .setMaxParallelism(MAX_PARALLELISM)
            .build();
    return stream(env, source, breakAfterFrames);
  }

  private static DataStream<String> stream(
      StreamExecutionEnvironment env, FrameSource source, int breakAfterFrames) {
    DataStream<CameraRecord> records =
        env.fromSource(source, FrameWatermarks.strategy(Duration.ofSeconds(5)), "cameras")
            .uid("cameras");
    return DataStreamUtils.reinterpretAsKeyedStream(records, CameraRecord::cameraId, Types.STRING)
        .process(new SequenceCheck(breakAfterFrames))
        .returns(Types.STRING)
        .uid("check");
  }
}
