package io.plateflow.standalone.chaos;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that send photos without a pause, each photo once, under a camera of its own by which it
 * is found again.
 */
final class PhotoSenders implements AutoCloseable {

  /** In place of a status where no answer came. */
  static final int NO_ANSWER = -1;

  private static final String BOUNDARY = "one-photo";
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Duration AFTER_NO_ANSWER = Duration.ofMillis(300);

  private final URI address;
  private final String token;
  private final List<byte[]> photos;
  private final HttpClient http = HttpClient.newHttpClient();
  private final ExecutorService threads;
  private final AtomicInteger next = new AtomicInteger();
  private final Map<String, Integer> statuses = new ConcurrentHashMap<>();
  private volatile boolean closed;

  PhotoSenders(URI service, String token, List<byte[]> photos, int senders) {
    this.address = service.resolve("/v1/plate-reader/");
    this.token = token;
    this.photos = photos;
    this.threads = Executors.newFixedThreadPool(senders);
    for (int i = 0; i < senders; i++) {
      threads.execute(this::send);
    }
  }

  private void send() {
    while (!closed) {
      int number = next.getAndIncrement();
      String camera = "photo-%d".formatted(number);
      try {
        statuses.put(
            camera,
            http.send(request(camera, number), HttpResponse.BodyHandlers.discarding())
                .statusCode());
      } catch (IOException e) {
        statuses.put(camera, NO_ANSWER);
        try {
          Thread.sleep(AFTER_NO_ANSWER.toMillis());
        } catch (InterruptedException interrupted) {
          return;
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private HttpRequest request(String camera, int number) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(
        ("--%1$s\r\nContent-Disposition: form-data; name=\"camera_id\"\r\n\r\n%2$s\r\n"
                + "--%1$s\r\nContent-Disposition: form-data; name=\"upload\"; filename=\"p.jpg\"\r\n\r\n")
            .formatted(BOUNDARY, camera)
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

  /** The answer to each photo, by its camera; {@link #NO_ANSWER} where none came. */
  Map<String, Integer> statuses() {
    return Map.copyOf(statuses);
  }

  /** How many were answered so. */
  long count(int status) {
    return statuses.values().stream().filter(found -> found == status).count();
  }

  /** Returns when the last answers have come. */
  @Override
  public void close() throws InterruptedException {
    closed = true;
    threads.shutdown();
    threads.awaitTermination(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
  }
}
