package io.plateflow.api.http;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.function.IntSupplier;

/** Requests by operation and status, in the text form that Prometheus reads. */
public final class HttpMetrics {

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Counter requests =
      Counter.builder()
          .name("plateflow_http_requests_total")
          .help("Requests by operation and status.")
          .labelNames("operation", "status")
          .register(registry);
  private final Histogram seconds =
      Histogram.builder()
          .name("plateflow_http_request_seconds")
          .help("From the request's headers to its answer.")
          .labelNames("operation")
          .classicUpperBounds(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
          .classicOnly()
          .register(registry);

  void answered(String operation, int status, double tookSeconds) {
    requests.labelValues(operation, Integer.toString(status)).inc();
    seconds.labelValues(operation).observe(tookSeconds);
  }

  /** Shows a number that somebody else keeps. */
  public void gauge(String name, String help, IntSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.getAsInt()))
        .register(registry);
  }

  public Answer answer() {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      new PrometheusTextFormatWriter(false).write(text, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException("Memory takes every byte", e);
    }
    return new Answer(200, PrometheusTextFormatWriter.CONTENT_TYPE, text.toByteArray(), Map.of());
  }
}
