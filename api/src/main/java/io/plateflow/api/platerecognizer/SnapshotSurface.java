package io.plateflow.api.platerecognizer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plateflow.api.access.Client;
import io.plateflow.api.access.Right;
import io.plateflow.api.http.Answer;
import io.plateflow.api.http.Exchange;
import io.plateflow.api.http.FormLimits;
import io.plateflow.api.http.FormReader;
import io.plateflow.api.http.Operation;
import io.plateflow.api.http.Refusal;
import io.plateflow.api.http.Surface;
import io.plateflow.api.recognition.AcceptedUpload;
import io.plateflow.api.recognition.RemotePictures;
import io.plateflow.api.recognition.StillOptions;
import io.plateflow.api.recognition.Upload;
import io.plateflow.api.recognition.UploadService;
import io.plateflow.clients.ClientException;
import io.plateflow.models.grammar.GrammarWeights;
import io.plateflow.models.grammar.PlateGrammar;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Snapshot's operations. */
public final class SnapshotSurface {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String NAME = "snapshot";
  private static final FormLimits LIMITS = new FormLimits(1, Set.of(SentPicture.UPLOAD));
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final UploadService uploads;
  private final RemotePictures remote;
  private final SnapshotWebhooks webhooks;
  private final Clock clock;
  private final String version;
  private final PlateGrammar grammar = new PlateGrammar(GrammarWeights.DEFAULT);

  private SnapshotSurface(
      UploadService uploads,
      RemotePictures remote,
      SnapshotWebhooks webhooks,
      Clock clock,
      String version) {
    this.uploads = uploads;
    this.remote = remote;
    this.webhooks = webhooks;
    this.clock = clock;
    this.version = version;
  }

  /**
   * @param version of Plateflow, which clients see as the SDK's
   */
  public static Surface of(
      UploadService uploads,
      RemotePictures remote,
      SnapshotWebhooks webhooks,
      Clock clock,
      String version) {
    SnapshotSurface snapshot = new SnapshotSurface(uploads, remote, webhooks, clock, version);
    return new Surface(
        NAME,
        List.of("/v1", "/info"),
        SnapshotErrors::of,
        List.of(
            new Operation("POST", "/v1/plate-reader/", Right.RECOGNIZE, true, snapshot::read),
            new Operation("GET", "/v1/statistics/", Right.RECOGNIZE, false, snapshot::statistics),
            new Operation("GET", "/info/", Right.RECOGNIZE, false, snapshot::info)));
  }

  private Answer read(Exchange exchange) {
    ReadRequest request =
        ReadRequest.of(
            FormReader.read(exchange, LIMITS),
            grammar.countries(),
            address -> remote.fetch(exchange, SentPicture.UPLOAD_URL, address));
    SentPicture picture = request.picture();
    Instant now = clock.instant();
    EngineConfig config = request.config();
    List<String> countries = request.regions().countries();
    Instant captured = request.capturedAt();
    AcceptedUpload accepted =
        uploads.accept(
            new Upload(
                NAME,
                exchange.client(),
                picture.field(),
                request.cameraId(),
                picture.filename(),
                captured == null ? now : captured,
                picture.bytes()),
            new StillOptions(countries, config.detection(), config.fast()),
            new Selection(config, countries, grammar));
    ObjectNode body = JSON.objectNode();
    body.put("processing_time", Math.round(accepted.image().totalMillis() * 1000) / 1000.0);
    PlateResults results =
        new PlateResults(grammar, request.regions(), request.mmc(), accepted.image());
    ArrayNode list =
        config.vehicles() ? results.vehicles(accepted.kept()) : results.plates(accepted.kept());
    body.set("results", list);
    body.put("filename", picture.filename());
    body.put("version", 1);
    body.put("camera_id", request.cameraId());
    body.put("timestamp", request.timestamp() == null ? MICROS.format(now) : request.timestamp());
    body.putObject("usage")
        .put("max_calls", quota(exchange.client()))
        .put("calls", accepted.usage().calls());
    webhooks.tell(body, picture);
    // Some clients of the cloud take only 201 for success; those of the SDK send no token.
    String credential = exchange.header("Authorization");
    boolean token = credential != null && credential.toLowerCase(Locale.ROOT).startsWith("token ");
    return Answer.json(token ? 201 : 200, body);
  }

  private Answer statistics(Exchange exchange) {
    LocalDate today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
    LocalDate next = today.withDayOfMonth(1).plusMonths(1);
    ObjectNode body = JSON.objectNode();
    body.putObject("usage")
        .put("month", today.getMonthValue())
        .put("calls", uploads.usage(exchange.client()).calls())
        .put("year", today.getYear())
        .put("resets_on", SECONDS.format(next.atStartOfDay(ZoneOffset.UTC)));
    body.put("total_calls", quota(exchange.client()));
    return Answer.json(200, body);
  }

  private Answer info(Exchange exchange) {
    ObjectNode body = JSON.objectNode();
    body.put("version", version);
    body.put("license_key", exchange.client().lastFour());
    try {
      body.set("webhooks", webhooks.shown());
    } catch (ClientException e) {
      throw Refusal.because(
          Refusal.Kind.UNAVAILABLE, "Webhooks cannot be reached at the moment.", e);
    }
    return Answer.json(200, body);
  }

  /** Clients compute with it, so that no quota is a number, too. */
  private static int quota(Client client) {
    Integer quota = client.monthlyQuota();
    return quota == null ? Integer.MAX_VALUE : quota;
  }
}
