package io.plateflow.api.galaxy.service;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plateflow.api.galaxy.GalaxyTimes;
import io.plateflow.api.http.Answer;
import io.plateflow.models.engine.DetectorModels;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What the service says of itself. */
final class ServiceInfo {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String ROOT = "/galaxy-alpr/v1";

  private record Step(String name, String description, String component) {}

  private static final List<Step> STEPS =
      List.of(
          new Step("Vehicle Detection", "Finds vehicles in the whole picture", "VehicleDetector"),
          new Step(
              "Plate Detection",
              "Finds plates in each vehicle, then in the whole picture",
              "PlateDetector"),
          new Step("Pairing", "Gives each plate to the vehicle that it belongs to", "PlatePairing"),
          new Step(
              "Plate Recognition", "Reads each plate and looks at its colours", "PlateRecognizer"));

  private final ServiceFacts facts;
  private final DetectorModels models;
  private final GalaxyTimes times;
  private final Instant started;

  ServiceInfo(ServiceFacts facts, DetectorModels models, GalaxyTimes times) {
    this.facts = facts;
    this.models = models;
    this.times = times;
    this.started = times.now();
  }

  Answer root() {
    ObjectNode body = JSON.objectNode();
    body.put("message", "Galaxy ALPR Core API");
    body.put("description", "Licence-plate recognition by Plateflow");
    body.put("version", facts.version());
    body.put("developer", "Plateflow");
    body.put("year", Integer.toString(times.now().atZone(times.zone()).getYear()));
    body.put("documentation", "/docs");
    body.put("health", ROOT + "/health");
    body.put("pipeline_info", ROOT + "/pipeline/info");
    return Answer.json(200, body);
  }

  Answer health() {
    ObjectNode body = JSON.objectNode();
    body.put("status", facts.well().getAsBoolean() ? "healthy" : "degraded");
    body.put("version", facts.version());
    body.put("uptime", GalaxyTimes.duration(uptime()));
    // It does not start without its models. Gemini has no part in what clients send.
    body.putObject("models_loaded")
        .put("vehicle_detector", true)
        .put("plate_detector", true)
        .put("gemini_ocr", false);
    body.put("timestamp", times.timestamp());
    return Answer.json(200, body);
  }

  private Duration uptime() {
    return Duration.between(started, times.now());
  }

  Answer pipeline() {
    ObjectNode body = success();
    ObjectNode pipeline = body.putObject("pipeline_info");
    pipeline.put("pipeline_name", "ALPR Core Pipeline");
    pipeline.put("description", "From a picture to its vehicles, their plates and texts");
    ArrayNode steps = pipeline.putArray("steps");
    for (Step each : STEPS) {
      steps
          .addObject()
          .put("step", steps.size())
          .put("name", each.name())
          .put("description", each.description())
          .put("component", each.component());
    }
    pipeline.put("input", "A picture and, if wanted, its timestamp");
    pipeline.put("output", "Vehicles and plates in pairs, or alone, with the texts of the plates");
    return stamped(body);
  }

  Answer config() {
    ObjectNode body = success();
    ObjectNode configuration = body.putObject("configuration");
    configuration
        .putObject("models")
        .put("vehicle_detector", models.vehicles().file())
        .put("plate_detector", models.plates().file());
    String reader = facts.reader().model();
    configuration
        .putObject("ocr")
        .put("provider", "local")
        .put(
            "model_name",
            reader == null ? "built-in" : String.valueOf(Path.of(reader).getFileName()));
    var thresholds = facts.detection().thresholds();
    configuration
        .putObject("detection")
        .put("vehicle_confidence_threshold", thresholds.vehicleConfidence())
        .put("plate_confidence_threshold", thresholds.plateConfidence())
        .put("vehicle_padding", thresholds.vehiclePadding())
        .put("plate_padding", facts.platePadding());
    ObjectNode output = configuration.putObject("output");
    for (ProcessedPictures.Kind kind : ProcessedPictures.Kind.values()) {
      String folder = kind.folder();
      output.put(
          folder.substring(0, folder.length() - 1) + "_dir", ProcessedPictures.PREFIX + folder);
    }
    output.put("results_dir", ProcessedPictures.PREFIX + "results");
    formats(configuration.putArray("image_formats"));
    configuration.put("timezone", times.zone().getId());
    return stamped(body);
  }

  Answer stats() {
    ObjectNode body = success();
    ObjectNode statistics = body.putObject("statistics");
    Duration uptime = uptime();
    statistics
        .putObject("system")
        .put("uptime", GalaxyTimes.duration(uptime))
        .put("uptime_seconds", uptime.toNanos() / 1000 / 1e6)
        .put("start_time", times.timestamp(started))
        .put("current_time", times.timestamp());
    statistics
        .putObject("models")
        .put("vehicle_detector_loaded", true)
        .put("plate_detector_loaded", true)
        .put("gemini_api_configured", false);
    var thresholds = facts.detection().thresholds();
    ObjectNode configuration = statistics.putObject("configuration");
    configuration.put("vehicle_confidence_threshold", thresholds.vehicleConfidence());
    configuration.put("plate_confidence_threshold", thresholds.plateConfidence());
    formats(configuration.putArray("supported_formats"));
    configuration.put("timezone", times.zone().getId());
    return stamped(body);
  }

  Answer connection() {
    ObjectNode body = JSON.objectNode();
    body.put("status", "connected");
    body.put("message", "Galaxy ALPR API is running");
    return stamped(body);
  }

  Answer models() {
    ObjectNode body = success();
    ObjectNode loaded = body.putObject("models");
    loaded.set("vehicle_detector", model(models.vehicles()));
    loaded.set("plate_detector", model(models.plates()));
    loaded
        .putObject("gemini_ocr")
        .put("status", "not_configured")
        .put("model_name", "")
        .put("api_key_configured", false);
    return stamped(body);
  }

  private static ObjectNode model(DetectorModels.Model model) {
    ObjectNode json = JSON.objectNode();
    json.put("status", "loaded");
    json.put("model_path", model.file());
    ObjectNode classes = json.putObject("classes");
    model.classes().forEach((number, name) -> classes.put(number + ".0", name));
    return json;
  }

  private static void formats(ArrayNode formats) {
    SentPicture.ENDINGS.forEach(formats::add);
  }

  private static ObjectNode success() {
    return JSON.objectNode().put("success", true);
  }

  private Answer stamped(ObjectNode body) {
    return Answer.json(200, body.put("timestamp", times.timestamp()));
  }
}
