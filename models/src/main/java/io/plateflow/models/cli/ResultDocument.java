package io.plateflow.models.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plateflow.models.recognition.PlateOnVehicle;
import io.plateflow.models.recognition.RecognizedImage;
import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.detection.DetectionType;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.plate.PlateAttributes;
import io.plateflow.schemas.plate.PlateRead;
import java.util.List;

/** A result as JSON, its fields named as in the Galaxy documents. */
final class ResultDocument {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private ResultDocument() {}

  static ObjectNode of(String file, RecognizedImage image) {
    ObjectNode document = JSON.objectNode();
    document.put("file", file);
    document.put("image_width", image.width());
    document.put("image_height", image.height());
    ObjectNode millis = document.putObject("ms");
    millis.put("decode", rounded(image.decodeMillis(), 2));
    millis.put("vehicle_detection", rounded(image.vehicleMillis(), 2));
    millis.put("plate_detection", rounded(image.plateMillis(), 2));
    millis.put("plate_recognition", rounded(image.readMillis(), 2));
    millis.put("total", rounded(image.totalMillis(), 2));
    document.set("summary", summary(image.detections()));
    ArrayNode detections = document.putArray("detections");
    for (PlateOnVehicle detection : image.detections()) {
      detections.add(detection(detections.size() + 1, detection));
    }
    return document;
  }

  static ObjectNode error(String file, String reason) {
    return JSON.objectNode().put("file", file).put("error", reason);
  }

  private static ObjectNode summary(List<PlateOnVehicle> detections) {
    ObjectNode summary = JSON.objectNode();
    summary.put("total_detections", detections.size());
    summary.put("vehicles_with_plates", count(detections, DetectionType.VEHICLE_WITH_PLATE));
    summary.put("vehicles_without_plates", count(detections, DetectionType.VEHICLE_WITHOUT_PLATE));
    summary.put("plates_without_vehicles", count(detections, DetectionType.PLATE_WITHOUT_VEHICLE));
    return summary;
  }

  private static long count(List<PlateOnVehicle> detections, DetectionType type) {
    return detections.stream().filter(d -> d.detection().type() == type).count();
  }

  private static ObjectNode detection(int number, PlateOnVehicle found) {
    var pair = found.detection();
    ObjectNode json = JSON.objectNode();
    json.put("detection_id", number);
    json.put("detection_type", pair.type().label());
    json.put("pairing_method", pair.method() == null ? null : pair.method().label());
    json.put("pairing_confidence", rounded(pair.confidence(), 4));
    json.put("pairing_ambiguous", pair.ambiguous());
    json.set("vehicle", pair.vehicle() == null ? JSON.nullNode() : vehicle(number, pair.vehicle()));
    json.set("plate", plate(number, found));
    return json;
  }

  private static ObjectNode vehicle(int number, Detection vehicle) {
    ObjectNode json = JSON.objectNode();
    json.put("vehicle_index", number);
    json.put("vehicle_class", vehicle.label());
    json.put("vehicle_confidence_score", rounded(vehicle.score(), 4));
    json.set("vehicle_bounding_box", box(vehicle.box()));
    return json;
  }

  private static JsonNode plate(int number, PlateOnVehicle found) {
    Detection plate = found.detection().plate();
    PlateRead read = found.read();
    PlateAttributes attributes = found.attributes();
    if (plate == null || read == null || attributes == null) {
      return JSON.nullNode();
    }
    ObjectNode json = JSON.objectNode();
    json.put("plate_index", number);
    json.put("plate_class", plate.label());
    json.put("plate_confidence_score", rounded(plate.score(), 4));
    json.set("plate_bounding_box", box(plate.box()));
    json.put("plate_number", attributes.number());
    json.put("plate_date", attributes.date());
    json.put("plate_text_color", attributes.textColor());
    json.put("plate_background_color", attributes.backgroundColor());
    json.put("plate_icon", attributes.icon());
    json.put("plate_icon_color", attributes.iconColor());
    json.put("plate_blue_strip", attributes.blueStrip() ? "yes" : "no");
    json.put("plate_type", attributes.type());
    json.put("confidence_score", rounded(read.confidence(), 4));
    json.put("plate_region_code", attributes.regionCode());
    json.put("plate_region_name", attributes.regionName());
    json.put("plate_country", attributes.country());
    json.put("reader", read.reader());
    ArrayNode scores = json.putArray("character_scores");
    for (float score : read.characterScores()) {
      scores.add(rounded(score, 4));
    }
    ArrayNode candidates = json.putArray("candidates");
    for (PlateRead.Candidate candidate : read.candidates()) {
      candidates
          .addObject()
          .put("plate", candidate.text())
          .put("score", rounded(candidate.score(), 4));
    }
    return json;
  }

  private static ArrayNode box(BoundingBox box) {
    return JSON.arrayNode()
        .add(Math.round(box.x1()))
        .add(Math.round(box.y1()))
        .add(Math.round(box.x2()))
        .add(Math.round(box.y2()));
  }

  private static double rounded(double value, int digits) {
    double factor = Math.pow(10, digits);
    return Math.round(value * factor) / factor;
  }
}
