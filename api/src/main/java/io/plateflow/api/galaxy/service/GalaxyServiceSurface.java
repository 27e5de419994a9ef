package io.plateflow.api.galaxy.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plateflow.api.access.Right;
import io.plateflow.api.galaxy.GalaxyPlates;
import io.plateflow.api.galaxy.GalaxyTimes;
import io.plateflow.api.galaxy.service.DrawnPictures.Subject;
import io.plateflow.api.http.Answer;
import io.plateflow.api.http.Exchange;
import io.plateflow.api.http.Form;
import io.plateflow.api.http.FormLimits;
import io.plateflow.api.http.Operation;
import io.plateflow.api.http.Refusal;
import io.plateflow.api.http.Surface;
import io.plateflow.api.http.UploadedFile;
import io.plateflow.api.recognition.AcceptedUpload;
import io.plateflow.api.recognition.ConfidentReads;
import io.plateflow.api.recognition.PictureType;
import io.plateflow.api.recognition.StillOptions;
import io.plateflow.api.recognition.StillRecognizer;
import io.plateflow.api.recognition.StillScope;
import io.plateflow.api.recognition.Upload;
import io.plateflow.api.recognition.UploadService;
import io.plateflow.models.recognition.ImageRecognizer;
import io.plateflow.models.recognition.PlateOnVehicle;
import io.plateflow.models.recognition.RecognizedImage;
import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.plate.PlateAttributes;
import io.plateflow.schemas.plate.PlateRead;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The operations of Galaxy's AI and ML service. */
public final class GalaxyServiceSurface {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String NAME = "galaxy";
  private static final String ROOT = "/galaxy-alpr/v1";
  private static final String FILE = "file";
  private static final String FILES = "files";
  private static final FormLimits ONE = new FormLimits(1, Set.of());
  private static final FormLimits SEVERAL = new FormLimits(10, Set.of());

  /** How often its own bytes the drawings and parts of a picture take. */
  private static final long MADE_OF_A_PICTURE = 2;

  private final UploadService uploads;
  private final ProcessedPictures pictures;
  private final int platePadding;
  private final GalaxyTimes times;
  private final ServiceErrors errors;

  private GalaxyServiceSurface(
      UploadService uploads, ProcessedPictures pictures, int platePadding, GalaxyTimes times) {
    this.uploads = uploads;
    this.pictures = pictures;
    this.platePadding = platePadding;
    this.times = times;
    this.errors = new ServiceErrors(times);
  }

  /** For pictures that become passes, and for those that leave none. */
  public static Surface of(
      UploadService uploads,
      StillRecognizer recognizer,
      ProcessedPictures pictures,
      ServiceFacts facts,
      GalaxyTimes times) {
    GalaxyServiceSurface galaxy =
        new GalaxyServiceSurface(uploads, pictures, facts.platePadding(), times);
    ServiceInfo info = new ServiceInfo(facts, recognizer.detectors(), times);
    return new Surface(
        "galaxy-service",
        List.of("/galaxy-alpr"),
        galaxy.errors,
        List.of(
            told("", info::root),
            new Operation("GET", ROOT + "/health", null, false, exchange -> info.health()),
            told("/pipeline/info", info::pipeline),
            told("/config", info::config),
            told("/stats", info::stats),
            told("/test/connection", info::connection),
            told("/test/models", info::models),
            sent("/alpr-core/process-single-image", galaxy::processSingle),
            sent("/alpr-core/process-multiple-images", galaxy::processSeveral),
            sent("/vehicle/detect-vehicle", galaxy::detectVehicles),
            sent("/plate/detect-plate", galaxy::detectPlates),
            sent("/plate/ocr-plate", galaxy::readPlate),
            sent("/plate/recognize-plate", galaxy::recognizePlate),
            new Operation(
                "GET", ROOT + "/images/{image_path...}", Right.READ, false, galaxy::image)));
  }

  private interface Told {
    Answer answer();
  }

  private static Operation told(String path, Told told) {
    return new Operation("GET", ROOT + path, Right.RECOGNIZE, false, exchange -> told.answer());
  }

  private static Operation sent(String path, Operation.Handling handling) {
    return new Operation("POST", ROOT + path, Right.RECOGNIZE, true, handling);
  }

  private Answer processSingle(Exchange exchange) {
    long start = System.nanoTime();
    Form form = exchange.form(ONE);
    UploadedFile file = form.file(FILE);
    if (file == null) {
      return errors.missing(FILE);
    }
    Stamp stamp = Stamp.of(form.text(Stamp.FIELD), times);
    SentPicture picture = SentPicture.of(file);
    exchange.need(MADE_OF_A_PICTURE * picture.bytes().length);
    return done(
        "ALPR processing completed successfully", process(exchange, picture, stamp).json(), start);
  }

  private record Processed(ObjectNode json, List<PlateOnVehicle> kept) {}

  private Processed process(Exchange exchange, SentPicture picture, Stamp stamp) {
    DrawnPictures drawn = new DrawnPictures(Subject.BOTH, platePadding, pictures.kept());
    AcceptedUpload accepted =
        picture.recognized(
            () ->
                uploads.accept(
                    new Upload(
                        NAME,
                        exchange.client(),
                        picture.field(),
                        null,
                        picture.name(),
                        stamp.at(),
                        picture.bytes()),
                    StillOptions.of(StillScope.ALL),
                    ConfidentReads.USUAL,
                    drawn));
    return new Processed(
        AlprResult.of(
            stamp, accepted.image(), accepted.kept(), drawn.keep(pictures, stamp, picture.bytes())),
        accepted.kept());
  }

  private Answer processSeveral(Exchange exchange) {
    long start = System.nanoTime();
    Form form = exchange.form(SEVERAL);
    List<UploadedFile> files =
        form.files().stream().filter(file -> file.field().equals(FILES)).toList();
    if (files.isEmpty()) {
      return errors.missing(FILES);
    }
    exchange.need(
        MADE_OF_A_PICTURE * files.stream().mapToInt(file -> file.bytes().length).max().orElse(0));
    ObjectNode data = JSON.objectNode();
    data.put("total_images", files.size());
    ArrayNode results = data.putArray("results");
    List<PlateOnVehicle> kept = new ArrayList<>();
    boolean anyAccepted = false;
    for (UploadedFile file : files) {
      int number = results.size() + 1;
      Stamp stamp = Stamp.of(form.text(Stamp.FIELD), number, times);
      ObjectNode result = results.addObject();
      result.put("batch_index", number).put("original_filename", file.name());
      try {
        Processed processed = process(exchange, SentPicture.of(file), stamp);
        result.setAll(processed.json());
        kept.addAll(processed.kept());
        anyAccepted = true;
      } catch (Refusal e) {
        if (e.kind() != Refusal.Kind.BAD_REQUEST && !anyAccepted) {
          throw e;
        }
        // Those before it are passes: who sent them all again would make them twice.
        result.setAll(AlprResult.failed(stamp, e.text()));
      }
    }
    data.set("batch_summary", AlprResult.summary(kept));
    return done("Batch processing completed for %d images".formatted(files.size()), data, start);
  }

  private Answer detectVehicles(Exchange exchange) {
    return detect(exchange, "vehicle", "Vehicle detection completed successfully");
  }

  private Answer detectPlates(Exchange exchange) {
    return detect(exchange, "plate", "Plate detection completed successfully");
  }

  private record Seen(RecognizedImage image, List<PlateOnVehicle> wanted) {}

  private Answer detect(Exchange exchange, String what, String message) {
    long start = System.nanoTime();
    Form form = exchange.form(ONE);
    UploadedFile file = form.file(FILE);
    if (file == null) {
      return errors.missing(FILE);
    }
    Stamp stamp = Stamp.of(form.text(Stamp.FIELD), times);
    SentPicture picture = SentPicture.of(file);
    exchange.need(MADE_OF_A_PICTURE * picture.bytes().length);
    boolean vehicles = what.equals("vehicle");
    DrawnPictures drawn =
        new DrawnPictures(
            vehicles ? Subject.VEHICLES : Subject.PLATES, platePadding, pictures.kept());
    Seen seen =
        recognized(
            exchange,
            picture,
            vehicles ? StillScope.VEHICLES : StillScope.PLATES,
            (pixels, image) -> {
              List<PlateOnVehicle> wanted =
                  image.detections().stream()
                      .filter(each -> detection(each, vehicles) != null)
                      .toList();
              drawn.at(pixels, wanted);
              return new Seen(image, wanted);
            });
    DrawnPictures.Paths paths = drawn.keep(pictures, stamp, picture.bytes());
    ObjectNode data = JSON.objectNode();
    data.put("uploaded_image_path", paths.uploaded());
    data.put(
        "detected_%s_image_path".formatted(what),
        vehicles ? paths.withVehicles() : paths.withPlates());
    ArrayNode crops = data.putArray("list_cropped_%s_image_paths".formatted(what));
    ArrayNode classes = data.putArray("list_class_" + what);
    ArrayNode boxes = data.putArray("list_bounding_box_" + what);
    ArrayNode scores = data.putArray("list_confidence_score_" + what);
    for (PlateOnVehicle each : seen.wanted()) {
      Detection detection = detection(each, vehicles);
      if (detection != null) {
        List<String> kept = vehicles ? paths.vehicles() : paths.plates();
        crops.add(crops.size() < kept.size() ? kept.get(crops.size()) : "");
        classes.add(vehicles ? detection.label() : "plate");
        boxes.add(AlprResult.box(detection.box(), seen.image()));
        scores.add(GalaxyPlates.score(detection.score()));
      }
    }
    data.put(
        what + "_detection_processing_time",
        seconds(vehicles ? seen.image().vehicleMillis() : seen.image().plateMillis()));
    return done(message, data, start);
  }

  private static @Nullable Detection detection(PlateOnVehicle each, boolean vehicle) {
    return vehicle ? each.detection().vehicle() : each.detection().plate();
  }

  private <T> T recognized(
      Exchange exchange,
      SentPicture picture,
      StillScope scope,
      ImageRecognizer.WithPixels<T> then) {
    return picture.recognized(
        () ->
            uploads
                .look(
                    new Upload(
                        NAME,
                        exchange.client(),
                        picture.field(),
                        null,
                        picture.name(),
                        times.now(),
                        picture.bytes()),
                    StillOptions.of(scope),
                    then)
                .made());
  }

  private Answer readPlate(Exchange exchange) {
    long start = System.nanoTime();
    UploadedFile file = exchange.form(ONE).file(FILE);
    if (file == null) {
      return errors.missing(FILE);
    }
    RecognizedImage image =
        recognized(exchange, SentPicture.of(file), StillScope.ONE_PLATE, (pixels, found) -> found);
    return done("OCR processing completed successfully", texts(image, false), start);
  }

  private Answer recognizePlate(Exchange exchange) {
    long start = System.nanoTime();
    UploadedFile file = exchange.form(ONE).file(FILE);
    if (file == null) {
      return errors.missing(FILE);
    }
    RecognizedImage image =
        recognized(exchange, SentPicture.of(file), StillScope.ONE_PLATE, (pixels, found) -> found);
    ObjectNode data = JSON.objectNode();
    data.set("list_result_plate_recognized", texts(image, true));
    data.put("plate_recognition_processing_time", seconds(image.readMillis()));
    return done("Plate recognition completed successfully", data, start);
  }

  /** What the plate says; nothing where it cannot be read. */
  private static ArrayNode texts(RecognizedImage image, boolean withRegion) {
    ArrayNode texts = JSON.arrayNode();
    for (PlateOnVehicle each : image.detections()) {
      PlateRead read = each.read();
      PlateAttributes attributes = each.attributes();
      if (read != null && attributes != null && !read.isEmpty()) {
        ObjectNode json = texts.addObject();
        GalaxyPlates.putText(json, read, attributes);
        if (withRegion) {
          GalaxyPlates.putRegion(json, attributes);
        }
      }
    }
    return texts;
  }

  private Answer image(Exchange exchange) {
    byte[] picture = pictures.read(exchange.variable("image_path"), exchange::need);
    PictureType type = picture == null ? null : PictureType.of(picture);
    if (picture == null || type == null) {
      throw Refusal.of(Refusal.Kind.NOT_FOUND, "Image not found");
    }
    return new Answer(200, type.mediaType(), picture, Map.of());
  }

  private Answer done(String message, JsonNode data, long startNanos) {
    ObjectNode body = JSON.objectNode();
    body.put("success", true);
    body.put("message", message);
    body.set("data", data);
    body.put("processing_time_ms", (System.nanoTime() - startNanos) / 1_000_000);
    body.put("timestamp", times.timestamp());
    return Answer.json(200, body);
  }

  private static double seconds(double millis) {
    return Math.round(millis * 1000) / 1e6;
  }
}
