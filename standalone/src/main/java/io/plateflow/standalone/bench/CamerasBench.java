package io.plateflow.standalone.bench;

import io.plateflow.clients.camera.StaticCameraCatalog;
import io.plateflow.jobs.config.JobConfig;
import io.plateflow.schemas.camera.CameraDefinition;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.standalone.TemporaryFolder;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Measures how many live cameras this machine can process, and what the job costs beside its
 * models.
 */
final class CamerasBench {

  private static final Duration WARM_UP = Duration.ofSeconds(15);

  /** Twice the time after which an added camera is read. */
  private static final Duration JOINING = Duration.ofSeconds(10);

  /** Films are read several times over, each under another name, so that none ends too soon. */
  private static final int FILMS_PER_PROCESSOR = 8;

  private final PrintStream out;
  private final List<Path> clips;
  private final double framesPerSecond;
  private final Duration time;

  /**
   * @param time how long each step is measured
   */
  CamerasBench(PrintStream out, List<Path> clips, double framesPerSecond, Duration time) {
    this.out = out;
    this.clips = clips;
    this.framesPerSecond = framesPerSecond;
    this.time = time;
  }

  /** The job on films at full speed, compared with the models alone on the same films. */
  void compare() throws Exception {
    int processors = Runtime.getRuntime().availableProcessors();
    double job;
    double readsPerFrame;
    try (TemporaryFolder data = TemporaryFolder.create("plateflow-bench");
        StandaloneUnderLoad house =
            new StandaloneUnderLoad(
                everyFrame(data.path()),
                new StaticCameraCatalog(films(processors * FILMS_PER_PROCESSOR)),
                Map.of(),
                data.path())) {
      JobMetrics metrics = new JobMetrics(house);
      metrics.awaitFrames();
      Thread.sleep(WARM_UP.toMillis());
      double frames = metrics.detectedFrames();
      double reads = metrics.reads();
      long begun = System.nanoTime();
      Thread.sleep(time.toMillis());
      double framesNow = metrics.detectedFrames();
      job = (framesNow - frames) / ((System.nanoTime() - begun) / 1e9);
      readsPerFrame = (metrics.reads() - reads) / Math.max(1, framesNow - frames);
    }
    double bare = new InferenceBaseline(films(processors), readsPerFrame).run(WARM_UP, time);
    out.printf(
        "job %.1f frames/s, models alone %.1f frames/s with %.2f reads a frame: %.0f %%%n",
        job, bare, readsPerFrame, 100 * job / bare);
  }

  /** Adds live cameras until frames are lost. */
  void count(int first, int most) throws Exception {
    try (LiveClips live = new LiveClips(clips, framesPerSecond);
        TemporaryFolder data = TemporaryFolder.create("plateflow-bench")) {
      List<CameraDefinition> all = IntStream.range(0, most).mapToObj(live::camera).toList();
      GrowingCatalog catalog = new GrowingCatalog(all, first);
      try (StandaloneUnderLoad house =
          new StandaloneUnderLoad(JobConfig.of(all), catalog, Map.of(), data.path())) {
        JobMetrics metrics = new JobMetrics(house);
        metrics.awaitFrames();
        Thread.sleep(WARM_UP.toMillis());
        int held = count(catalog, metrics, first, most);
        out.printf(
            "%d cameras at %.0f frames/s without a frame lost%s%n",
            held, framesPerSecond, held == most ? ", and no more were tried" : "");
      }
    }
  }

  private int count(GrowingCatalog catalog, JobMetrics metrics, int first, int most)
      throws Exception {
    int held = 0;
    for (int cameras = first; cameras <= most; cameras++) {
      catalog.join(cameras);
      Thread.sleep(JOINING.toMillis());
      double dropped = metrics.droppedForLoad();
      double frames = metrics.frames();
      Thread.sleep(time.toMillis());
      double lost = metrics.droppedForLoad() - dropped;
      out.printf(
          "%3d cameras: %.1f frames/s taken, %.0f lost in %d s%n",
          cameras, (metrics.frames() - frames) / (time.toMillis() / 1e3), lost, time.toSeconds());
      if (lost > 0) {
        return held;
      }
      held = cameras;
    }
    return held;
  }

  private static JobConfig everyFrame(Path folder) throws Exception {
    return JobConfig.read(
        Files.writeString(
            folder.resolve("bench.yml"),
            """
            cameras: []
            motion:
              enabled: false
            """));
  }

  private List<CameraDefinition> films(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            number ->
                new CameraDefinition(
                    "film-%d".formatted(number),
                    clips.get(number % clips.size()).toAbsolutePath().toString(),
                    "Film %d".formatted(number),
                    GateType.PASSAGE,
                    List.of(),
                    0,
                    ZoneOffset.UTC,
                    true,
                    Instant.EPOCH,
                    List.of()))
        .toList();
  }
}
