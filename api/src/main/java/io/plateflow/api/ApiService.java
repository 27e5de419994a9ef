package io.plateflow.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.plateflow.api.access.AccessAdministration;
import io.plateflow.api.access.Authenticator;
import io.plateflow.api.access.Concurrency;
import io.plateflow.api.access.Rates;
import io.plateflow.api.administration.AdministrationOperations;
import io.plateflow.api.coronet.CoronetSurface;
import io.plateflow.api.galaxy.GalaxyTimes;
import io.plateflow.api.galaxy.rest.GalaxyRestSurface;
import io.plateflow.api.galaxy.service.GalaxyServiceSurface;
import io.plateflow.api.galaxy.service.ProcessedPictures;
import io.plateflow.api.galaxy.service.ServiceFacts;
import io.plateflow.api.http.Gatekeeper;
import io.plateflow.api.http.HttpMetrics;
import io.plateflow.api.http.HttpServer;
import io.plateflow.api.http.Operation;
import io.plateflow.api.http.Surface;
import io.plateflow.api.openalpr.CarCheckSurface;
import io.plateflow.api.platerecognizer.SnapshotSurface;
import io.plateflow.api.platerecognizer.SnapshotWebhooks;
import io.plateflow.api.recognition.RemotePictures;
import io.plateflow.api.recognition.StillRecognizer;
import io.plateflow.api.recognition.UploadService;
import io.plateflow.api.webhooks.WebhookOperations;
import io.plateflow.clients.ClientException;
import io.plateflow.clients.corrections.CorrectionProducer;
import io.plateflow.clients.evidence.FolderPictureStore;
import io.plateflow.clients.http.HttpConfig;
import io.plateflow.clients.lists.PlateStatusProducer;
import io.plateflow.clients.postgres.PostgresPool;
import io.plateflow.clients.reads.ReadProducer;
import io.plateflow.clients.web.WebClient;
import io.plateflow.clients.webhooks.WebhookOutbox;
import io.plateflow.clients.webhooks.WebhookSender;
import io.plateflow.models.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP service of one process; any number of them share a database and brokers. */
public final class ApiService implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ApiService.class);
  private static final int CONNECTIONS = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration UPKEEP_EVERY = Duration.ofHours(1);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final List<Surface> surfaces;
  private final HttpServer server;

  private ApiService(ApiConfig config, Consumer<String> console) {
    Clock clock = Clock.systemUTC();
    HttpConfig http = config.http();
    try {
      PostgresPool postgres =
          opened(new PostgresPool(config.postgres(), "plateflow-api", CONNECTIONS, PATIENCE));
      ReadProducer reads = opened(new ReadProducer(config.kafka(), PATIENCE));
      StillRecognizer recognizer =
          opened(StillRecognizer.open(config.detection(), config.reader(), http.stills()));
      Health health = opened(new Health(postgres, config.kafka()));
      UploadService uploads =
          new UploadService(
              recognizer,
              postgres,
              pictures(config),
              config.evidence().platePadding(),
              reads,
              clock);
      WebClient web = opened(new WebClient(http.outbound()));
      RemotePictures remote = new RemotePictures(web);
      WebhookOutbox outbox = new WebhookOutbox(postgres);
      SnapshotWebhooks webhooks =
          new SnapshotWebhooks(
              outbox,
              // Of its own: addresses that clients send must not hold up what is sent to them.
              opened(new WebhookSender(outbox, opened(new WebClient(http.outbound())), clock)),
              !config.privacy().blurPlates());
      HttpMetrics metrics = new HttpMetrics();
      metrics.gauge(
          "plateflow_http_waiting", "Pictures that wait to be recognized.", recognizer::waiting);
      ProcessedPictures processed = new ProcessedPictures(pictures(config), clock);
      Authenticator authenticator = new Authenticator(postgres, clock);
      Rates rates = new Rates(http.stills().rate(), http.stills().burst());
      surfaces =
          List.of(
              ServiceSurface.of(
                  version(),
                  http.open(),
                  health,
                  metrics,
                  Map.of(
                      "/openapi/service.json", document("service"),
                      "/openapi/snapshot.json", document("snapshot"),
                      "/openapi/carcheck.json", document("carcheck"),
                      "/openapi/coronet.json", document("coronet"),
                      "/openapi/galaxy-service.json", document("galaxy-service"),
                      "/openapi/galaxy.json", document("galaxy")),
                  List.of(
                      AdministrationOperations.of(
                          new AccessAdministration(postgres), authenticator),
                      WebhookOperations.of(outbox, web))),
              GalaxyServiceSurface.of(
                  uploads,
                  recognizer,
                  processed,
                  new ServiceFacts(
                      version(),
                      config.detection(),
                      config.reader(),
                      config.evidence().platePadding(),
                      () -> health.state().well()),
                  new GalaxyTimes(clock, ZoneId.systemDefault())),
              SnapshotSurface.of(uploads, remote, webhooks, clock, version()),
              CarCheckSurface.of(uploads, remote, rates, clock),
              CoronetSurface.of(uploads, postgres, clock, ZoneId.systemDefault(), http.open()),
              GalaxyRestSurface.of(
                  uploads,
                  postgres,
                  config.postgres().place(),
                  evidence(config),
                  opened(new CorrectionProducer(config.kafka().withRetryFor(PATIENCE))),
                  opened(new PlateStatusProducer(config.kafka().withRetryFor(PATIENCE))),
                  clock));
      server =
          opened(
              HttpServer.start(
                  http,
                  surfaces,
                  new Gatekeeper(
                      http.open() ? null : authenticator,
                      rates,
                      new Concurrency(http.concurrent())),
                  metrics));
      announce(http, authenticator, console);
      Duration kept = config.retention().keepByDefault();
      Duration keep = kept == null ? Duration.ZERO : kept;
      startUpkeep(
          List.of(
              () -> uploads.removeOld(keep), () -> processed.removeOld(keep), outbox::removeOld));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Starts the service; returns when it takes requests.
   *
   * @param console gets its address and, at the first start, the first credentials
   * @throws ClientException where it cannot listen, or the first user cannot be made
   * @throws ModelException where a model is missing
   */
  public static ApiService start(ApiConfig config, Consumer<String> console) {
    return new ApiService(config, console);
  }

  /** Where this machine reaches it. */
  public String address() {
    return server.address();
  }

  /** Everything that it answers. */
  List<Operation> operations() {
    return surfaces.stream().flatMap(surface -> surface.operations().stream()).toList();
  }

  private <T extends AutoCloseable> T opened(T part) {
    parts.push(part);
    return part;
  }

  private static @Nullable FolderPictureStore pictures(ApiConfig config) {
    String directory = config.evidence().directory();
    // Whole pictures of vehicles that are on no list would show their plates.
    return directory == null || config.privacy().blurPlates()
        ? null
        : FolderPictureStore.of(directory);
  }

  /** Whatever the job or the service has put there, hidden plates and all. */
  private static @Nullable FolderPictureStore evidence(ApiConfig config) {
    String directory = config.evidence().directory();
    return directory == null ? null : FolderPictureStore.of(directory);
  }

  private static JsonNode document(String name) {
    String path = "/openapi/%s.yaml".formatted(name);
    try (InputStream yaml = ApiService.class.getResourceAsStream(path)) {
      return new YAMLMapper().readTree(Objects.requireNonNull(yaml, path));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + path, e);
    }
  }

  private static String version() {
    String built = ApiService.class.getPackage().getImplementationVersion();
    return built == null ? "development" : built;
  }

  private void announce(HttpConfig http, Authenticator authenticator, Consumer<String> console) {
    console.accept("  API       " + server.address());
    if (http.open()) {
      console.accept(
          "            OPEN: everybody who reaches it may do everything, without a key.");
      return;
    }
    authenticator
        .firstStart()
        .ifPresent(
            made -> {
              console.accept(
                  "            user %s  password %s".formatted(made.user(), made.password()));
              console.accept("            token %s".formatted(made.token()));
              console.accept("            Shown this once: keep them.");
            });
  }

  private void startUpkeep(List<Runnable> work) {
    ScheduledExecutorService upkeep =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "upkeep");
              thread.setDaemon(true);
              return thread;
            });
    parts.push(upkeep::shutdownNow);
    ScheduledFuture<?> untilClosed =
        upkeep.scheduleWithFixedDelay(
            () -> work.forEach(ApiService::keptUp),
            UPKEEP_EVERY.toSeconds(),
            UPKEEP_EVERY.toSeconds(),
            TimeUnit.SECONDS);
    parts.push(() -> untilClosed.cancel(false));
  }

  private static void keptUp(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      // Thrown further, it would end all later turns.
      LOG.warn("What is old is not removed this time: {}", e.toString());
    }
  }

  /** Answers what was asked, then ends. */
  @Override
  public synchronized void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        LOG.warn("A part of the HTTP service did not end cleanly: {}", e.toString());
      }
    }
  }
}
