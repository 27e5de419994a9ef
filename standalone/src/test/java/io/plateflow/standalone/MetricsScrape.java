package io.plateflow.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the metrics again and again while a run lasts, as Prometheus would. */
final class MetricsScrape implements AutoCloseable {

  private static final Pattern ADDRESS = Pattern.compile("Metrics +(http://\\S+)");
  private static final Duration EVERY = Duration.ofMillis(300);
  private static final String OPERATOR = "flink_taskmanager_job_task_operator_";

  private final HttpClient client = HttpClient.newHttpClient();
  private final Supplier<String> printed;
  private final Set<String> series = new ConcurrentSkipListSet<>();
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread = new Thread(this::scrape, "scrape");

  /**
   * @param printed what the run has printed so far, its address among it
   */
  MetricsScrape(Supplier<String> printed) {
    this.printed = printed;
    thread.start();
  }

  /** Names and labels of the operators' metrics, without the values. */
  Set<String> series() {
    return series;
  }

  private void scrape() {
    try {
      while (!stop.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        Matcher address = ADDRESS.matcher(printed.get());
        if (address.find()) {
          scrape(URI.create(address.group(1)));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void scrape(URI address) throws InterruptedException {
    try {
      client
          .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofLines())
          .body()
          .filter(line -> line.startsWith(OPERATOR))
          .map(line -> line.substring(OPERATOR.length(), line.lastIndexOf(' ')))
          .forEach(series::add);
    } catch (IOException e) {
      // Not there yet, or not any more.
    }
  }

  @Override
  public void close() throws InterruptedException {
    stop.countDown();
    thread.join();
  }
}
