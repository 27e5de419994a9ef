package io.plateflow.standalone;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MetricOptions;

/** Flink's metrics at an HTTP address that Prometheus reads. */
final class PrometheusMetrics {

  private static final String NAME = "prometheus";

  private PrometheusMetrics() {}

  static void serve(Configuration flink, int port) {
    MetricOptions.forReporter(flink, NAME)
        .set(
            MetricOptions.REPORTER_FACTORY_CLASS,
            LoopbackPrometheusReporterFactory.class.getName());
    flink.setString(
        "metrics.reporter.%s.%s".formatted(NAME, LoopbackPrometheusReporter.PORT),
        Integer.toString(port));
  }
}
