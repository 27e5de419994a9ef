package io.plateflow.standalone.bench;

import io.plateflow.clients.camera.StaticCameraCatalog;
import io.plateflow.jobs.config.JobConfig;
import io.plateflow.schemas.camera.CameraDefinition;
import io.plateflow.schemas.plate.PlateText;
import io.plateflow.schemas.status.PlateListType;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Plays clips as live cameras to a standalone process and measures the latency of its alerts. */
final class LatencyBench {

  /** Not measured: code and caches are cold. */
  private static final Duration WARM_UP = Duration.ofSeconds(20);

  private final PrintStream out;
  private final int cameras;
  private final double framesPerSecond;
  private final Duration time;

  /**
   * @param time duration of the measurement
   */
  LatencyBench(PrintStream out, int cameras, double framesPerSecond, Duration time) {
    this.out = out;
    this.cameras = cameras;
    this.framesPerSecond = framesPerSecond;
    this.time = time;
  }

  void run(List<Path> clips, List<String> plates, Path data) throws Exception {
    Map<String, PlateListType> accessList = new LinkedHashMap<>();
    plates.forEach(plate -> accessList.put(PlateText.normalise(plate), PlateListType.BLACKLIST));
    try (LiveClips live = new LiveClips(clips, framesPerSecond)) {
      List<CameraDefinition> all = IntStream.range(0, cameras).mapToObj(live::camera).toList();
      out.printf(
          "%d cameras at %.0f frames/s, %d plates listed, %d s to warm up, %d s measured%n",
          cameras, framesPerSecond, plates.size(), WARM_UP.toSeconds(), time.toSeconds());
      try (StandaloneUnderLoad house =
          new StandaloneUnderLoad(
              JobConfig.of(all), new StaticCameraCatalog(all), accessList, data)) {
        JobMetrics metrics = new JobMetrics(house);
        metrics.awaitFrames();
        try (AlertLatencies alerts = new AlertLatencies(house.bootstrapServers())) {
          alerts.listen(WARM_UP.plus(time), Instant.now().plus(WARM_UP));
          report(alerts, metrics);
        }
      }
    }
  }

  private void report(AlertLatencies alerts, JobMetrics metrics) throws Exception {
    if (alerts.count() == 0) {
      out.println("No alert came: are the plates of the clips listed?");
      return;
    }
    out.printf(
        "frame capture to alert: %d alerts, p50 %d ms, p90 %d ms, p99 %d ms, most %d ms%n",
        alerts.count(),
        alerts.quantile(0.5),
        alerts.quantile(0.9),
        alerts.quantile(0.99),
        alerts.quantile(1));
    out.printf(
        "frames in %.0f, dropped for load %.0f%n", metrics.frames(), metrics.droppedForLoad());
  }
}
