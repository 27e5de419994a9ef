package io.plateflow.standalone.bench;

import io.plateflow.clients.camera.StaticCameraCatalog;
import io.plateflow.jobs.config.JobConfig;
import io.plateflow.models.engine.DetectionConfig;
import io.plateflow.models.read.LocalPlateReader;
import io.plateflow.models.read.ReaderConfig;
import io.plateflow.models.recognition.ImageRecognizer;
import io.plateflow.models.recognition.RecognitionRequest;
import io.plateflow.schemas.frame.UnreadableImageException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Measures the HTTP service in a standalone process: how many photos a second its clients get read,
 * beside the same recognizer without a service around it.
 */
final class ApiBench {

  /** Not measured: code and caches are cold. */
  private static final Duration WARM_UP = Duration.ofSeconds(15);

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String MOST_RESIDENT = "VmHWM:";

  private final PrintStream out;
  private final int clients;
  private final Duration time;

  /**
   * @param time duration of each measurement
   */
  ApiBench(PrintStream out, int clients, Duration time) {
    this.out = out;
    this.clients = clients;
    this.time = time;
  }

  void run(List<Path> clips, Path data) throws Exception {
    List<byte[]> photos = new ArrayList<>();
    for (Path clip : clips) {
      photos.addAll(ClipPictures.of(clip, 1));
    }
    int processors = Runtime.getRuntime().availableProcessors();
    PhotoClients.Rate service = service(photos, data);
    out.printf("service, %d clients: %s%n", clients, told(service));
    resident();
    double one = bare(photos, 1);
    double all = bare(photos, processors);
    out.printf("recognizer alone, one after the other: %.2f photos/s%n", one);
    out.printf("recognizer alone, %d at a time: %.2f photos/s%n", processors, all);
    out.printf(
        "service to recognizer: %.2f of one after the other, %.2f of %d at a time%n",
        service.perSecond() / one, service.perSecond() / all, processors);
  }

  /** A line about what came. */
  static String told(PhotoClients.Rate rate) {
    return "%d photos, %.2f a second, p50 %d ms, p99 %d ms, %d errors, statuses %s"
        .formatted(
            rate.answers(),
            rate.perSecond(),
            rate.quantile(0.5),
            rate.quantile(0.99),
            rate.errors(),
            rate.statuses());
  }

  private PhotoClients.Rate service(List<byte[]> photos, Path data) throws Exception {
    try (StandaloneUnderLoad house =
            new StandaloneUnderLoad(
                JobConfig.of(List.of()), new StaticCameraCatalog(List.of()), Map.of(), data);
        PhotoClients sending = new PhotoClients(house.http(), house.token(), photos, clients)) {
      Thread.sleep(WARM_UP.toMillis());
      return sending.measure(time);
    }
  }

  /** Photos a second without a service. */
  private double bare(List<byte[]> photos, int atATime) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(atATime);
    try (ImageRecognizer recognizer =
        ImageRecognizer.open(
            DetectionConfig.DEFAULT, () -> LocalPlateReader.open(ReaderConfig.DEFAULT))) {
      count(recognizer, photos, threads, atATime, WARM_UP.dividedBy(3));
      return count(recognizer, photos, threads, atATime, time) / (time.toNanos() / 1e9);
    } finally {
      threads.shutdown();
    }
  }

  private static long count(
      ImageRecognizer recognizer,
      List<byte[]> photos,
      ExecutorService threads,
      int atATime,
      Duration time)
      throws Exception {
    AtomicLong next = new AtomicLong();
    long end = System.nanoTime() + time.toNanos();
    List<Future<Long>> counts = new ArrayList<>();
    for (int thread = 0; thread < atATime; thread++) {
      counts.add(threads.submit(() -> recognize(recognizer, photos, next, end)));
    }
    long all = 0;
    for (Future<Long> count : counts) {
      all += count.get();
    }
    return all;
  }

  private static long recognize(
      ImageRecognizer recognizer, List<byte[]> photos, AtomicLong next, long end)
      throws UnreadableImageException {
    long done = 0;
    while (System.nanoTime() < end) {
      recognizer.recognize(
          photos.get((int) (next.getAndIncrement() % photos.size())), RecognitionRequest.DEFAULT);
      done++;
    }
    return done;
  }

  /** The clients' part included; said where the system tells it. */
  private void resident() throws IOException {
    if (!Files.exists(STATUS)) {
      return;
    }
    try (Stream<String> lines = Files.lines(STATUS)) {
      lines
          .filter(line -> line.startsWith(MOST_RESIDENT))
          .forEach(
              line ->
                  out.printf(
                      "most memory of the process, its clients included: %s%n",
                      line.substring(MOST_RESIDENT.length()).strip()));
    }
  }
}
