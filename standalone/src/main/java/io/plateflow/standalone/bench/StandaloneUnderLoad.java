package io.plateflow.standalone.bench;

import io.plateflow.clients.camera.CameraCatalog;
import io.plateflow.clients.embedded.LocalPort;
import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.clients.kafka.KafkaProbe;
import io.plateflow.jobs.config.JobConfig;
import io.plateflow.schemas.status.PlateListType;
import io.plateflow.standalone.Console;
import io.plateflow.standalone.Standalone;
import io.plateflow.standalone.StandaloneOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A standalone Plateflow in this process, started by a benchmark. */
final class StandaloneUnderLoad implements AutoCloseable {

  private static final Duration UP_WITHIN = Duration.ofMinutes(2);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Pattern TOKEN = Pattern.compile("\\btoken (\\S+)");

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final Standalone standalone;
  private final Thread thread;
  private final KafkaConfig kafka;
  private final int metricsPort;
  private final URI http;

  /** Null while all is well. */
  private volatile @Nullable Throwable failure;

  /**
   * @param job its cameras are replaced
   * @param data folder for tables and topics
   */
  StandaloneUnderLoad(
      JobConfig job, CameraCatalog cameras, Map<String, PlateListType> accessList, Path data) {
    int kafkaPort = LocalPort.claim(0, "Kafka");
    metricsPort = LocalPort.claim(0, "metrics server");
    int httpPort = LocalPort.claim(0, "HTTP service");
    http = URI.create("http://127.0.0.1:%d".formatted(httpPort));
    kafka = KafkaConfig.DEFAULT.at("127.0.0.1:%d".formatted(kafkaPort));
    StandaloneOptions options =
        new StandaloneOptions(
            job.withCameras(cameras).withHttp(job.http().withPort(httpPort)),
            false,
            accessList,
            false,
            data,
            0,
            kafkaPort,
            0,
            metricsPort);
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    standalone = new Standalone(options, new Console(out, options.zones()));
    thread = new Thread(this::run, "plateflow");
    thread.start();
    KafkaProbe.awaitReachable(kafka, UP_WITHIN, line -> {});
  }

  private void run() {
    try {
      standalone.run();
    } catch (Exception e) {
      failure = e;
    }
  }

  String bootstrapServers() {
    return kafka.servers();
  }

  int metricsPort() {
    return metricsPort;
  }

  /** Where pictures are taken. */
  URI http() {
    return http;
  }

  /** The key that the HTTP service made at its start. */
  String token() throws InterruptedException {
    long deadline = System.nanoTime() + UP_WITHIN.toNanos();
    while (System.nanoTime() < deadline) {
      check();
      Matcher told = TOKEN.matcher(printed.toString(StandardCharsets.UTF_8));
      if (told.find()) {
        return told.group(1);
      }
      Thread.sleep(POLL.toMillis());
    }
    throw new IllegalStateException(
        "The HTTP service told no token; it had printed: "
            + printed.toString(StandardCharsets.UTF_8));
  }

  /** Throws if the standalone process has failed. */
  void check() {
    if (failure != null) {
      throw new IllegalStateException(
          "The job failed; it had printed: " + printed.toString(StandardCharsets.UTF_8), failure);
    }
  }

  @Override
  public void close() throws InterruptedException {
    standalone.stop();
    thread.join();
  }
}
