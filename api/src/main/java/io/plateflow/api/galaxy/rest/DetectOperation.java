package io.plateflow.api.galaxy.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plateflow.api.access.Client;
import io.plateflow.api.access.Right;
import io.plateflow.api.galaxy.rest.PlaceQueries.Place;
import io.plateflow.api.http.Answer;
import io.plateflow.api.http.Exchange;
import io.plateflow.api.http.Form;
import io.plateflow.api.http.FormLimits;
import io.plateflow.api.http.Refusal;
import io.plateflow.api.http.UploadedFile;
import io.plateflow.api.recognition.AcceptedUpload;
import io.plateflow.api.recognition.AcceptedUpload.CutOut;
import io.plateflow.api.recognition.ConfidentReads;
import io.plateflow.api.recognition.StillOptions;
import io.plateflow.api.recognition.Upload;
import io.plateflow.api.recognition.UploadService;
import io.plateflow.clients.ClientException;
import io.plateflow.clients.corrections.CorrectionProducer;
import io.plateflow.clients.postgres.PostgresTimezone;
import io.plateflow.models.recognition.PlateOnVehicle;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.corrections.Correction;
import io.plateflow.schemas.corrections.CorrectionKind;
import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.plate.PlateRead;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Recognizes a photo, which becomes passes at the place that it names. */
final class DetectOperation {

  private static final Logger LOG = LoggerFactory.getLogger(DetectOperation.class);
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String SURFACE = "galaxy";
  private static final String FILE = "file";
  private static final FormLimits LIMITS = new FormLimits(1, Set.of());
  private static final StillOptions ANY_COUNTRY = new StillOptions(List.of(), null, false);
  private static final String UNSUPPORTED =
      "Unsupported file format. Allowed formats: ['.jpg', '.jpeg', '.png']";
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd_HH-mm-ss", Locale.ROOT);

  private final UploadService uploads;
  private final PlaceQueries places;
  private final EvidencePictures pictures;
  private final CorrectionProducer corrections;
  private final Clock clock;

  DetectOperation(
      UploadService uploads,
      PlaceQueries places,
      EvidencePictures pictures,
      CorrectionProducer corrections,
      Clock clock) {
    this.uploads = uploads;
    this.places = places;
    this.pictures = pictures;
    this.corrections = corrections;
    this.clock = clock;
  }

  Answer answer(Exchange exchange) {
    if (!exchange.hasForm()) {
      throw Refusal.field(FILE, RestErrors.REQUIRED);
    }
    Form form = exchange.form(LIMITS);
    UploadedFile file = form.file(FILE);
    if (file == null) {
      throw Refusal.field(FILE, RestErrors.REQUIRED);
    }
    if (!file.name().toLowerCase(Locale.ROOT).matches("(?s).*\\.(jpg|jpeg|png)")) {
      throw Refusal.of(Refusal.Kind.BAD_REQUEST, UNSUPPORTED);
    }
    String sent = form.text("location");
    Place place =
        sent == null || sent.isBlank() ? null : place(exchange, RestRequest.text(sent, "location"));
    Instant now = clock.instant();
    AcceptedUpload accepted = accept(exchange, file, place, now);
    if (place != null) {
      put(accepted, place, exchange.client());
    }
    ZoneId zone = ZoneId.of(place == null ? "UTC" : PostgresTimezone.zone(place.timezone()));
    return Answer.json(
        200, body(accepted, STAMP.format(now.atZone(zone)), sent == null ? "" : sent));
  }

  private AcceptedUpload accept(
      Exchange exchange, UploadedFile file, @Nullable Place place, Instant now) {
    try {
      return uploads.accept(
          new Upload(SURFACE, exchange.client(), FILE, null, file.name(), now, file.bytes()),
          ANY_COUNTRY,
          ConfidentReads.USUAL);
    } catch (Refusal e) {
      if (FILE.equals(e.field())) {
        throw Refusal.of(Refusal.Kind.BAD_REQUEST, UNSUPPORTED);
      }
      throw e;
    }
  }

  /** Reads name no place; what a person says of one does. */
  private void put(AcceptedUpload accepted, Place place, Client client) {
    try {
      for (CutOut each : accepted.pictures()) {
        corrections.put(
            new Correction(
                "galaxy-" + UUID.randomUUID(),
                CorrectionKind.LOCATION,
                each.passId(),
                null,
                place.name(),
                GateType.valueOf(place.type().toUpperCase(Locale.ROOT)),
                null,
                null,
                null,
                null,
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                client.id(),
                false));
      }
    } catch (ClientException e) {
      // The upload is accepted: whoever sent it again would have it twice.
      LOG.warn("Upload {} is not put at {}: {}", accepted.id(), place.name(), e.toString());
    }
  }

  /** A place that nobody knows is made by those who may. */
  private Place place(Exchange exchange, String name) {
    return places
        .named(name)
        .or(
            () ->
                exchange.client().rights().contains(Right.WRITE)
                    ? places.add(name, "Passage", "UTC").or(() -> places.named(name))
                    : Optional.empty())
        .orElseThrow(
            () ->
                Refusal.field(
                    "location",
                    "found '%s', expected the name of a location."
                        .formatted(RestRequest.shortened(name))));
  }

  private ObjectNode body(AcceptedUpload accepted, String stamp, String location) {
    String original = pictures.path(accepted.originalPath());
    ObjectNode body = JSON.objectNode();
    body.put("timestamp", stamp)
        .put("processing_time", Math.round(accepted.image().totalMillis()) / 1000.0)
        .put("stored_original_path", original)
        .put("detected_vehicle_image_path", "")
        .put("detected_plate_image_path", "")
        .put(
            "image_resolution",
            "%dx%d".formatted(accepted.image().width(), accepted.image().height()))
        .put("session_id", accepted.sessionIds().isEmpty() ? 0 : accepted.sessionIds().get(0))
        .put("location", location);
    ArrayNode list = body.putArray("list_vehicle_and_plate_information");
    for (int i = 0; i < accepted.kept().size(); i++) {
      PlateOnVehicle each = accepted.kept().get(i);
      CutOut cut = accepted.pictures().get(i);
      ObjectNode one = list.addObject();
      one.set("vehicle", vehicle(each.detection().vehicle(), cut.vehicle()));
      one.set("plate", plate(each.read(), cut.plate()));
    }
    return body;
  }

  private @Nullable ObjectNode vehicle(@Nullable Detection vehicle, @Nullable String path) {
    return vehicle == null
        ? null
        : JSON.objectNode()
            .put("vehicle_class", vehicle.label())
            .put("vehicle_confidence_score", vehicle.score())
            .put("vehicle_image_path", pictures.path(path));
  }

  private @Nullable ObjectNode plate(@Nullable PlateRead read, @Nullable String path) {
    return read == null
        ? null
        : JSON.objectNode()
            .put("plate_text", read.text())
            .put("ocr_confidence", read.confidence())
            .put("plate_image_path", pictures.path(path));
  }
}
