package io.plateflow.standalone;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.plateflow.jobs.rest.HostNames;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.prometheus.AbstractPrometheusReporter;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of Flink's own reporter, under the same names, on the loopback address: that one
 * listens on every address of the machine and cannot be told otherwise.
 */
public final class LoopbackPrometheusReporter extends AbstractPrometheusReporter {

  static final String PORT = "port";

  private @Nullable HttpServer server;

  @Override
  public void open(MetricConfig config) {
    super.open(config);
    int port = config.getInteger(PORT, 0);
    CollectorRegistry registry = registry();
    HttpServer opened;
    try {
      opened = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot serve metrics: port=%d".formatted(port), e);
    }
    server = opened;
    opened.createContext("/metrics", exchange -> answer(exchange, registry));
    opened.start();
  }

  @Override
  public void close() {
    if (server != null) {
      server.stop(0);
    }
    super.close();
  }

  private static void answer(HttpExchange exchange, CollectorRegistry registry) throws IOException {
    try (exchange) {
      String host = exchange.getRequestHeaders().getFirst("Host");
      if (host == null || !HostNames.LOCAL.include(host)) {
        exchange.sendResponseHeaders(403, -1);
        return;
      }
      exchange.getResponseHeaders().set("Content-Type", TextFormat.CONTENT_TYPE_004);
      exchange.sendResponseHeaders(200, 0);
      try (Writer body =
          new OutputStreamWriter(exchange.getResponseBody(), StandardCharsets.UTF_8)) {
        TextFormat.write004(body, registry.metricFamilySamples());
      }
    }
  }

  /** Flink fills it and shows it to its own package only. */
  private CollectorRegistry registry() {
    try {
      Field field = AbstractPrometheusReporter.class.getDeclaredField("registry");
      field.setAccessible(true);
      return (CollectorRegistry) field.get(this);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("This Flink keeps the metrics elsewhere", e);
    }
  }
}
