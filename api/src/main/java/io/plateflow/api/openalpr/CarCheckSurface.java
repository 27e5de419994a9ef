package io.plateflow.api.openalpr;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plateflow.api.access.Client;
import io.plateflow.api.access.Rates;
import io.plateflow.api.access.Right;
import io.plateflow.api.http.Answer;
import io.plateflow.api.http.BodyLimits;
import io.plateflow.api.http.Exchange;
import io.plateflow.api.http.Form;
import io.plateflow.api.http.FormLimits;
import io.plateflow.api.http.FormReader;
import io.plateflow.api.http.KeyField;
import io.plateflow.api.http.Operation;
import io.plateflow.api.http.Refusal;
import io.plateflow.api.http.Surface;
import io.plateflow.api.http.UploadedFile;
import io.plateflow.api.recognition.AcceptedUpload;
import io.plateflow.api.recognition.ConfidentReads;
import io.plateflow.api.recognition.Look;
import io.plateflow.api.recognition.RemotePictures;
import io.plateflow.api.recognition.StillScope;
import io.plateflow.api.recognition.Upload;
import io.plateflow.api.recognition.UploadService;
import io.plateflow.api.recognition.Usage;
import io.plateflow.models.grammar.GrammarWeights;
import io.plateflow.models.grammar.PlateGrammar;
import io.plateflow.models.recognition.PlateOnVehicle;
import io.plateflow.models.recognition.RecognizedImage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** CarCheck's operations. */
public final class CarCheckSurface {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String NAME = "carcheck";
  private static final List<String> PREFIXES = List.of("/v3", "/v2");
  private static final String KEY = "secret_key";
  private static final String IMAGE = "image";
  private static final String BYTES = "image_bytes";
  private static final String NO_NAME = "image.jpg";
  private static final String URL = "image_url";

  /** A client that says that there is a plate wants to see what can be read at all. */
  private static final ConfidentReads WHOLE_PLATES = new ConfidentReads(0.1);

  private static final FormLimits PICTURE_FORM = new FormLimits(1, Set.of(IMAGE));
  private static final FormLimits TEXT_FORM = new FormLimits(0, Set.of());

  /** The lists of {@code /config}, whose names are not quite those of the results. */
  private static final List<String> LABELS =
      List.of("bodytype", "color", "make", "makemodel", "orientation", "year");

  private final UploadService uploads;
  private final RemotePictures remote;
  private final Rates rates;
  private final Clock clock;
  private final PlateGrammar grammar = new PlateGrammar(GrammarWeights.DEFAULT);
  private final Countries countries = new Countries(grammar.countries());

  private CarCheckSurface(UploadService uploads, RemotePictures remote, Rates rates, Clock clock) {
    this.uploads = uploads;
    this.remote = remote;
    this.rates = rates;
    this.clock = clock;
  }

  /**
   * @param rates that the operations are metered by
   */
  public static Surface of(UploadService uploads, RemotePictures remote, Rates rates, Clock clock) {
    CarCheckSurface carCheck = new CarCheckSurface(uploads, remote, rates, clock);
    List<Operation> operations = new ArrayList<>();
    for (String prefix : PREFIXES) {
      operations.add(
          new Operation("GET", prefix + "/config", null, false, exchange -> carCheck.config()));
      operations.add(
          new Operation(
              "POST",
              prefix + "/recognize",
              Right.RECOGNIZE,
              true,
              new KeyField(KEY, PICTURE_FORM),
              carCheck::file));
      operations.add(
          new Operation(
              "POST",
              prefix + "/recognize_bytes",
              Right.RECOGNIZE,
              true,
              // Some clients say that it is a form, which it is not.
              new KeyField(KEY, null),
              carCheck::bytes));
      operations.add(
          new Operation(
              "POST",
              prefix + "/recognize_url",
              Right.RECOGNIZE,
              true,
              new KeyField(KEY, TEXT_FORM),
              carCheck::url));
    }
    return new Surface(NAME, PREFIXES, new CarCheckErrors(rates.burst(), clock), operations);
  }

  private Answer config() {
    ObjectNode body = JSON.objectNode();
    ArrayNode offered = body.putArray("countries");
    countries
        .offered()
        .forEach((code, name) -> offered.addObject().put("code", code).put("name", name));
    ObjectNode labels = body.putObject("vehicle_labels");
    LABELS.forEach(label -> labels.putArray(label).add(AlprResults.UNKNOWN));
    return Answer.json(200, body);
  }

  private Answer file(Exchange exchange) {
    Form form = exchange.form(PICTURE_FORM);
    Parameters parameters = Parameters.of(exchange.query(), form, countries);
    UploadedFile file = form.file(IMAGE);
    String text = form.text(IMAGE);
    if (file == null && text == null) {
      throw Refusal.field(IMAGE, "is missing: expected a file of multipart/form-data.");
    }
    byte[] picture =
        file == null
            ? Base64Picture.decoded(
                String.valueOf(text).getBytes(StandardCharsets.ISO_8859_1), IMAGE)
            : file.bytes();
    if (picture.length == 0) {
      throw Refusal.field(IMAGE, "is empty.");
    }
    String name = file == null || file.name().isEmpty() ? NO_NAME : file.name();
    return recognized(exchange, parameters, IMAGE, name, picture);
  }

  private Answer bytes(Exchange exchange) {
    Parameters parameters = Parameters.of(exchange.query(), Parameters.NONE, countries);
    byte[] body = FormReader.whole(exchange, BodyLimits.BASE64);
    return recognized(exchange, parameters, BYTES, NO_NAME, Base64Picture.decoded(body, BYTES));
  }

  private Answer url(Exchange exchange) {
    // Generated clients say that an empty body is JSON.
    Form form = exchange.hasForm() ? exchange.form(TEXT_FORM) : Parameters.NONE;
    Parameters parameters = Parameters.of(exchange.query(), form, countries);
    String address = Parameters.text(URL, exchange.query(), form);
    if (address == null || address.isBlank()) {
      throw Refusal.field(URL, "is missing: expected the address of a picture.");
    }
    byte[] picture = remote.fetch(exchange, URL, address);
    if (picture.length == 0) {
      throw Refusal.field(URL, "nothing stands there, expected a picture.");
    }
    String path = address.strip().replaceFirst("[?#].*", "");
    String name = path.substring(path.lastIndexOf('/') + 1);
    return recognized(exchange, parameters, URL, name.isEmpty() ? NO_NAME : name, picture);
  }

  private Answer recognized(
      Exchange exchange, Parameters parameters, String field, String name, byte[] picture) {
    Client client = exchange.client();
    Instant now = clock.instant();
    Rates.Standing standing = rates.standing(client);
    Upload upload = new Upload(NAME, client, field, null, name, now, picture, parameters.credits());
    RecognizedImage image;
    List<PlateOnVehicle> found;
    Usage usage;
    String uuid;
    if (parameters.cropped()) {
      Look<RecognizedImage> look =
          uploads.look(
              upload, parameters.options(StillScope.ONE_PLATE), (pixels, recognized) -> recognized);
      image = look.made();
      found = WHOLE_PLATES.apply(image.detections());
      usage = look.usage();
      uuid = "";
    } else {
      AcceptedUpload accepted =
          uploads.accept(upload, parameters.options(StillScope.ALL), ConfidentReads.USUAL);
      image = accepted.image();
      found = accepted.kept();
      usage = accepted.usage();
      uuid = "upload-" + accepted.id();
    }
    ObjectNode body = new AlprResults(grammar, parameters, image).json(found, now.toEpochMilli());
    body.put("uuid", uuid);
    Integer quota = client.monthlyQuota();
    body.put("credit_cost", parameters.credits());
    body.put("credits_monthly_used", usage.credits());
    // Clients compute with it, so that no quota is a number, too.
    body.put("credits_monthly_total", quota == null ? Integer.MAX_VALUE : quota);
    if (parameters.returnImage()) {
      // Once in base64, once in the tree, once in the answer.
      exchange.need(4L * picture.length);
      body.put(BYTES, Base64.getEncoder().encodeToString(picture));
    }
    return CarCheckHeaders.rate(
        Answer.json(200, body),
        standing.limit(),
        standing.remaining(),
        now.plus(standing.untilFull()));
  }
}
