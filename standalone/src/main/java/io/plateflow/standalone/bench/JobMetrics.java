package io.plateflow.standalone.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Reads the metrics of a running job. */
final class JobMetrics {

  private static final String OPERATOR = "flink_taskmanager_job_task_operator_";

  /** Reasons for which a frame is lost because the machine cannot keep up. */
  private static final Set<String> LOAD = Set.of("superseded", "noBuffer", "decoderBehind");

  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration FRAMES_WITHIN = Duration.ofMinutes(3);

  private final HttpClient client = HttpClient.newHttpClient();
  private final StandaloneUnderLoad house;

  JobMetrics(StandaloneUnderLoad house) {
    this.house = house;
  }

  /** Until the first frame has come. */
  void awaitFrames() throws InterruptedException {
    long deadline = System.nanoTime() + FRAMES_WITHIN.toNanos();
    while (System.nanoTime() < deadline) {
      house.check();
      try {
        if (frames() > 0) {
          return;
        }
      } catch (IOException e) {
        // The metrics come with the cluster.
      }
      Thread.sleep(POLL.toMillis());
    }
    throw new IllegalStateException(
        "No frame came within %d s".formatted(FRAMES_WITHIN.toSeconds()));
  }

  /** Frames of all cameras that the job took. */
  double frames() throws IOException, InterruptedException {
    return sum("camera_frames{");
  }

  /** Frames of all cameras that were lost because something was too slow. */
  double droppedForLoad() throws IOException, InterruptedException {
    return lines().stream()
        .filter(line -> line.startsWith(OPERATOR + "camera_reason_dropped{"))
        .filter(line -> LOAD.stream().anyMatch(r -> line.contains("reason=\"%s\"".formatted(r))))
        .mapToDouble(JobMetrics::value)
        .sum();
  }

  /** Frames that the detector is through with. */
  double detectedFrames() throws IOException, InterruptedException {
    return sum("detectMillis_count{");
  }

  /** Reads of plates, by whatever rung. */
  double reads() throws IOException, InterruptedException {
    return sum("camera_reader_reads{");
  }

  private double sum(String metric) throws IOException, InterruptedException {
    return lines().stream()
        .filter(line -> line.startsWith(OPERATOR + metric))
        .mapToDouble(JobMetrics::value)
        .sum();
  }

  private List<String> lines() throws IOException, InterruptedException {
    URI address = URI.create("http://127.0.0.1:%d/metrics".formatted(house.metricsPort()));
    return client
        .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofLines())
        .body()
        .toList();
  }

  private static double value(String line) {
    return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
  }
}
