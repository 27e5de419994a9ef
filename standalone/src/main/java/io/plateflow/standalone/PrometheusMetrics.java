package io.plateflow.standalone;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.metrics.prometheus.PrometheusReporterFactory;

/** Flink's metrics at an HTTP address that Prometheus reads. */
final class PrometheusMetrics {

  private static final String NAME = "prometheus";

  private PrometheusMetrics() {}

  static void serve(Configuration flink, int port) {
    MetricOptions.forReporter(flink, NAME)
        .set(MetricOptions.REPORTER_FACTORY_CLASS, PrometheusReporterFactory.class.getName());
    flink.setString("metrics.reporter.%s.port".formatted(NAME), Integer.toString(port));
  }
}
