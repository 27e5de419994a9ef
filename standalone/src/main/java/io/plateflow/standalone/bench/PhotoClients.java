package io.plateflow.standalone.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Clients of the Plate Recognizer Snapshot API, each of which sends its next photo as soon as the
 * last one is answered.
 */
final class PhotoClients implements AutoCloseable {

  private static final String BOUNDARY = "photo-of-a-client";
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final int OK = 201;
  private static final int FAILED = -1;

  private final URI address;
  private final String token;
  private final List<byte[]> photos;
  private final ExecutorService threads;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Answer> answers = new ArrayList<>();
  private volatile boolean closed;

  /**
   * Starts sending.
   *
   * @param service root address of the HTTP service
   * @param photos JPEG; each client begins at another one
   */
  PhotoClients(URI service, String token, List<byte[]> photos, int clients) {
    this.address = service.resolve("/v1/plate-reader/");
    this.token = token;
    this.photos = photos;
    this.threads = Executors.newFixedThreadPool(clients);
    for (int client = 0; client < clients; client++) {
      int first = client * photos.size() / clients;
      threads.execute(() -> send(first));
    }
  }

  /**
   * One answer.
   *
   * @param status of HTTP; -1 where there was none
   */
  private record Answer(int status, long nanos) {}

  /** What came in some time. */
  record Rate(int answers, Duration time, List<Long> millis, Map<Integer, Integer> statuses) {

    double perSecond() {
      return answers / (time.toNanos() / 1e9);
    }

    /**
     * @param share 0..1; 0.5 is the median
     */
    long quantile(double share) {
      return millis.isEmpty()
          ? 0
          : millis.get((int) Math.min(millis.size() - 1, Math.floor(share * millis.size())));
    }

    /** Those that are no success. */
    int errors() {
      return answers - statuses.getOrDefault(OK, 0);
    }
  }

  private void send(int first) {
    for (int n = first; !closed; n++) {
      long begun = System.nanoTime();
      int status;
      try {
        status = http.send(request(n), HttpResponse.BodyHandlers.discarding()).statusCode();
      } catch (IOException e) {
        status = FAILED;
      } catch (InterruptedException e) {
        return;
      }
      synchronized (answers) {
        answers.add(new Answer(status, System.nanoTime() - begun));
      }
    }
  }

  private HttpRequest request(int number) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(
        "--%s\r\nContent-Disposition: form-data; name=\"upload\"; filename=\"photo.jpg\"\r\n\r\n"
            .formatted(BOUNDARY)
            .getBytes(StandardCharsets.US_ASCII));
    body.writeBytes(photos.get(number % photos.size()));
    body.writeBytes("\r\n--%s--\r\n".formatted(BOUNDARY).getBytes(StandardCharsets.US_ASCII));
    return HttpRequest.newBuilder(address)
        .timeout(TIMEOUT)
        .header("Authorization", "Token " + token)
        .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
        .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
        .build();
  }

  /** What comes from now on. */
  Rate measure(Duration time) throws InterruptedException {
    synchronized (answers) {
      answers.clear();
    }
    long begun = System.nanoTime();
    Thread.sleep(time.toMillis());
    synchronized (answers) {
      Map<Integer, Integer> statuses = new TreeMap<>();
      answers.forEach(answer -> statuses.merge(answer.status(), 1, Integer::sum));
      return new Rate(
          answers.size(),
          Duration.ofNanos(System.nanoTime() - begun),
          answers.stream().map(answer -> answer.nanos() / 1_000_000).sorted().toList(),
          statuses);
    }
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    threads.shutdown();
    threads.awaitTermination(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
  }
}
