package io.plateflow.standalone;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.plateflow.api.ApiConfig;
import io.plateflow.api.ApiService;
import io.plateflow.clients.embedded.EmbeddedKafkaBroker;
import io.plateflow.clients.embedded.EmbeddedPostgresServer;
import io.plateflow.clients.embedded.LocalPort;
import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.clients.kafka.KafkaProbe;
import io.plateflow.clients.kafka.TopicCreation;
import io.plateflow.clients.lists.PlateStatusProducer;
import io.plateflow.clients.postgres.DatabaseMigration;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.postgres.PostgresProbe;
import io.plateflow.jobs.config.JobConfig;
import io.plateflow.jobs.metrics.Counters;
import io.plateflow.jobs.privacy.PlateHash;
import io.plateflow.jobs.topology.CheckpointDirectory;
import io.plateflow.jobs.topology.JobAssembly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs Postgres, Kafka, Flink and the job in one process. */
public final class Standalone implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Standalone.class);
  private static final Duration SERVICES_MUST_ANSWER_WITHIN = Duration.ofMinutes(1);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(30);

  private final StandaloneOptions options;
  private final Console console;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Null before the job runs. */
  private volatile @Nullable JobClient job;

  /** Null where it is not started. */
  private volatile @Nullable ApiService http;

  private volatile boolean stopped;

  public Standalone(StandaloneOptions options, Console console) {
    this.options = options;
    this.console = console;
  }

  /**
   * Runs until the job ends or the user stops it.
   *
   * @return the exit status
   */
  public int run() throws Exception {
    if (options.job().privacy().hashPlates()) {
      // Refused here rather than by every start of its task.
      PlateHash.fromEnvironment(System.getenv());
    }
    Path data = dataDirectory();
    Thread onInterrupt = new Thread(this::stop, "stop");
    Runtime.getRuntime().addShutdownHook(onInterrupt);
    JobConfig config = startServices(data);
    CheckpointDirectory.requireWritable(
        Objects.requireNonNull(
            config.execution().checkpointDirectory(), "without one the data folder has it"));
    seedAccessList(config.kafka());
    TopicListener listener = new TopicListener(config.kafka().servers(), console);
    parts.push(listener);
    announce(config);
    startHttp(config);
    tellScripts(data);
    JobExecutionResult result = runJob(config);
    if (!stopped) {
      Runtime.getRuntime().removeShutdownHook(onInterrupt);
    }
    close();
    if (options.once() && result != null) {
      console.line(totals(result));
    }
    return 0;
  }

  private Path dataDirectory() throws IOException {
    if (options.dataDir() != null) {
      return Files.createDirectories(options.dataDir()).toAbsolutePath();
    }
    Path temporary = Files.createTempDirectory("plateflow");
    parts.push(() -> deleteTree(temporary));
    return temporary;
  }

  private JobConfig startServices(Path data) throws Exception {
    JobConfig job = options.job();
    CompletableFuture<PostgresConfig> postgres =
        options.ownPostgres()
            ? CompletableFuture.supplyAsync(() -> startPostgres(data))
            : CompletableFuture.completedFuture(job.postgres());
    CompletableFuture<KafkaConfig> kafka =
        job.kafka().bootstrapServers() != null
            ? CompletableFuture.completedFuture(job.kafka())
            : CompletableFuture.supplyAsync(() -> startKafka(data));
    JobConfig config =
        job.withPostgres(joined(postgres))
            .withKafka(joined(kafka))
            .withDefaultFolders(
                data.resolve("evidence").toUri().toString(),
                data.resolve("checkpoints").toUri().toString());
    PostgresProbe.awaitReachable(config.postgres(), SERVICES_MUST_ANSWER_WITHIN, console::line);
    KafkaProbe.awaitReachable(config.kafka(), SERVICES_MUST_ANSWER_WITHIN, console::line);
    DatabaseMigration.migrate(config.postgres());
    TopicCreation.createMissing(config.kafka());
    return config;
  }

  private static <T> T joined(CompletableFuture<T> part) throws Exception {
    try {
      return part.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private PostgresConfig startPostgres(Path data) {
    EmbeddedPostgresServer server =
        EmbeddedPostgresServer.start(options.postgresPort(), data.resolve("postgres"));
    push(server);
    PostgresConfig own = server.config();
    String url = Objects.requireNonNull(own.jdbcUrl(), "a server that runs has an address");
    return options.job().postgres().at(url, own.user(), own.password());
  }

  private KafkaConfig startKafka(Path data) {
    EmbeddedKafkaBroker broker =
        EmbeddedKafkaBroker.start(options.kafkaPort(), data.resolve("kafka"));
    push(broker);
    return options.job().kafka().at(broker.config().servers());
  }

  private synchronized void push(AutoCloseable part) {
    parts.push(part);
  }

  private void seedAccessList(KafkaConfig kafka) {
    if (options.accessList().isEmpty()) {
      return;
    }
    try (PlateStatusProducer producer = new PlateStatusProducer(kafka)) {
      // Version 0: whatever the user has put there since stays.
      options.accessList().forEach((plate, type) -> producer.put(plate, type, 0, "bundled clip"));
    }
  }

  private void tellScripts(Path data) throws IOException {
    String folder = System.getProperty(RunningFile.FOLDER);
    if (folder != null && options.ownPostgres()) {
      push(RunningFile.write(Path.of(folder), data));
    }
  }

  private void announce(JobConfig config) {
    console.line("Plateflow");
    console.line(
        "  Postgres  "
            + config.postgres().place()
            + (options.ownPostgres()
                ? "  (./scripts/psql opens it)"
                : "  user " + config.postgres().user()));
    console.line("  Kafka     " + config.kafka().bootstrapServers());
    if (options.demo()) {
      console.line("  No camera given: the bundled clip plays as two cameras, entry and exit.");
    }
  }

  private void startHttp(JobConfig config) {
    if (!options.servesHttp()) {
      return;
    }
    ApiService started =
        ApiService.start(
            new ApiConfig(
                config.http(),
                config.detection(),
                config.reading().local(),
                config.evidence(),
                config.privacy(),
                config.retention(),
                config.postgres(),
                config.kafka()),
            console::line);
    push(started);
    http = started;
  }

  /** What the job counted; null where it was stopped before its end. */
  private @Nullable JobExecutionResult runJob(JobConfig config) throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironmentWithWebUI(flink(config));
    JobAssembly.assemble(env, config);
    JobClient client = env.executeAsync("Plateflow");
    job = client;
    if (options.uiPort() > 0) {
      console.line("  Flink UI  http://127.0.0.1:" + options.uiPort() + "  (Ctrl-C ends)");
    }
    try {
      return client.getJobExecutionResult().get();
    } catch (ExecutionException e) {
      if (stopped) {
        return null;
      }
      throw e;
    }
  }

  private Configuration flink(JobConfig config) {
    Configuration flink = new Configuration();
    int slots =
        config.execution().parallelism() != null
            ? config.execution().parallelism()
            : Math.max(
                1, Math.min(Runtime.getRuntime().availableProcessors(), options.zones().size()));
    flink.set(CoreOptions.DEFAULT_PARALLELISM, slots);
    flink.set(TaskManagerOptions.NUM_TASK_SLOTS, slots);
    flink.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(16));
    flink.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(32));
    flink.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(32));
    if (options.metricsPort() != null) {
      int port = LocalPort.claim(options.metricsPort(), "metrics server");
      PrometheusMetrics.serve(flink, port);
      console.line("  Metrics   http://127.0.0.1:%d/metrics".formatted(port));
    }
    LoopbackRest.configure(flink, options.uiPort());
    flink.set(JobManagerOptions.BIND_HOST, "127.0.0.1");
    // Forever, with backoff: a database or broker that is away for long is no reason to give up.
    flink.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    return flink;
  }

  /**
   * Ends a run from another thread: open passes are finished and written. Later calls do nothing.
   */
  public void stop() {
    if (closed.getCount() == 0) {
      return;
    }
    stopped = true;
    ApiService taking = http;
    if (taking != null) {
      // First, so that what was accepted is worked off with the rest.
      taking.close();
    }
    JobClient running = job;
    if (running != null) {
      console.line("Stopping: open passes are finished and written.");
      try {
        Path savepoints = Files.createTempDirectory("plateflow-stop");
        // Draining ends the open tracks and flushes every sink.
        running
            .stopWithSavepoint(true, savepoints.toUri().toString(), SavepointFormatType.CANONICAL)
            .get(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        deleteTree(savepoints);
      } catch (ExecutionException | TimeoutException | IOException e) {
        LOG.warn("The job did not stop cleanly, so it is cancelled: {}", e.toString());
        running.cancel();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    try {
      closed.await(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String totals(JobExecutionResult result) throws IOException {
    Map<String, Long> totals = new LinkedHashMap<>();
    for (String name :
        List.of(
            Counters.FRAMES,
            Counters.PASSES,
            Counters.PLATES,
            Counters.ALERTS,
            Counters.REJECTED)) {
      Long count = result.getAccumulatorResult(name);
      totals.put(name, count == null ? 0 : count);
    }
    return new ObjectMapper().writeValueAsString(totals);
  }

  /** Stops all parts in reverse order of their start; later calls do nothing. */
  @Override
  public synchronized void close() {
    while (!parts.isEmpty()) {
      AutoCloseable part = parts.pop();
      try {
        part.close();
      } catch (Exception e) {
        LOG.warn("{} did not end cleanly: {}", part.getClass().getSimpleName(), e.toString());
      }
    }
    closed.countDown();
  }

  private static void deleteTree(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
