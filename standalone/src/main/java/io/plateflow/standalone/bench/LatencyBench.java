package io.plateflow.standalone.bench;

import io.plateflow.clients.camera.StaticCameraCatalog;
import io.plateflow.jobs.config.JobConfig;
import io.plateflow.schemas.avro.AccessEvent;
import io.plateflow.schemas.avro.AlertEvent;
import io.plateflow.schemas.camera.CameraDefinition;
import io.plateflow.schemas.event.Topics;
import io.plateflow.schemas.plate.PlateText;
import io.plateflow.schemas.status.PlateListType;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * Plays clips as live cameras to a standalone process and measures the latency of its alerts and
 * access events.
 */
final class LatencyBench {

  /** Not measured: code and caches are cold. */
  private static final Duration WARM_UP = Duration.ofSeconds(20);

  private final PrintStream out;
  private final int cameras;
  private final double framesPerSecond;
  private final Duration time;
  private final int clients;

  /**
   * @param time duration of a measurement
   * @param clients of the HTTP service that send photos meanwhile, in a second measurement; 0:
   *     there is none
   */
  LatencyBench(PrintStream out, int cameras, double framesPerSecond, Duration time, int clients) {
    this.out = out;
    this.cameras = cameras;
    this.framesPerSecond = framesPerSecond;
    this.time = time;
    this.clients = clients;
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
        measure(house.bootstrapServers(), metrics);
        if (clients > 0) {
          measureBesideClients(house, metrics, ClipPictures.of(clips.get(0), 1));
        }
      }
    }
  }

  private void measureBesideClients(
      StandaloneUnderLoad house, JobMetrics metrics, List<byte[]> photos) throws Exception {
    out.printf("The same while %d clients send photos:%n", clients);
    try (PhotoClients sending = new PhotoClients(house.http(), house.token(), photos, clients)) {
      CompletableFuture<PhotoClients.Rate> answered = new CompletableFuture<>();
      Thread counting =
          new Thread(
              () -> {
                try {
                  answered.complete(sending.measure(WARM_UP.plus(time)));
                } catch (InterruptedException e) {
                  answered.completeExceptionally(e);
                }
              },
              "photos");
      counting.start();
      measure(house.bootstrapServers(), metrics);
      out.println("their photos, warm-up included: " + ApiBench.told(answered.get()));
    }
  }

  private void measure(String kafka, JobMetrics metrics) throws Exception {
    Instant from = Instant.now().plus(WARM_UP);
    double framesBefore = metrics.frames();
    double droppedBefore = metrics.droppedForLoad();
    Instant end = from.plus(time);
    try (EventLatencies<AlertEvent> alerts =
            new EventLatencies<>(
                kafka,
                Topics.ALERTS,
                AlertEvent.class,
                AlertEvent::getAlertId,
                AlertEvent::getCapturedAt,
                told -> ofCamera(told.getCameraId()));
        EventLatencies<AccessEvent> access =
            new EventLatencies<>(
                kafka,
                Topics.ACCESS,
                AccessEvent.class,
                AccessEvent::getAccessId,
                AccessEvent::getCapturedAt,
                told -> ofCamera(told.getCameraId()))) {
      while (Instant.now().isBefore(end)) {
        alerts.poll(from);
        access.poll(from);
      }
      if (alerts.count() == 0) {
        out.println("No alert came: are the plates of the clips listed?");
      }
      report("alert", alerts);
      report("access event", access);
      out.printf(
          "frames in %.0f, dropped for load %.0f%n",
          metrics.frames() - framesBefore, metrics.droppedForLoad() - droppedBefore);
    }
  }

  /** Photos of clients wait their turn: that is no latency of cameras. */
  private static boolean ofCamera(String id) {
    return id.startsWith(LiveClips.CAMERA_PREFIX);
  }

  private void report(String what, EventLatencies<?> events) {
    if (events.count() > 0) {
      out.printf(
          "frame capture to %s: %d, p50 %d ms, p90 %d ms, p99 %d ms, most %d ms%n",
          what,
          events.count(),
          events.quantile(0.5),
          events.quantile(0.9),
          events.quantile(0.99),
          events.quantile(1));
    }
  }
}
