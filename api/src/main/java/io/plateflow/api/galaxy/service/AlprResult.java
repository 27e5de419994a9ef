package io.plateflow.api.galaxy.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plateflow.api.galaxy.GalaxyPlates;
import io.plateflow.api.galaxy.service.DrawnPictures.Paths;
import io.plateflow.models.recognition.PlateOnVehicle;
import io.plateflow.models.recognition.RecognizedImage;
import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.detection.DetectionType;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.plate.PlateAttributes;
import io.plateflow.schemas.plate.PlateRead;
import java.util.List;

/** What one photo shows, from vehicles to texts. */
final class AlprResult {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private AlprResult() {}

  /**
   * @param kept what counts of what was found
   * @param paths of the pictures that were made of it
   */
  static ObjectNode of(Stamp stamp, RecognizedImage image, List<PlateOnVehicle> kept, Paths paths) {
    ObjectNode json = JSON.objectNode();
    json.put("timestamp", stamp.text());
    json.put("uploaded_image_path", paths.uploaded());
    json.put("detected_vehicle_image_path", paths.withVehicles());
    json.put("detected_plate_image_path", paths.withPlates());
    json.set(
        "processing_time",
        times(
            Math.round(image.vehicleMillis()),
            Math.round(image.plateMillis()),
            Math.round(image.readMillis())));
    json.set("summary", summary(kept));
    ArrayNode detections = json.putArray("detections");
    int vehicles = 0;
    int plates = 0;
    for (int i = 0; i < kept.size(); i++) {
      PlateOnVehicle each = kept.get(i);
      var pair = each.detection();
      ObjectNode detection = detections.addObject();
      detection.put("detection_id", i + 1);
      detection.put("detection_type", pair.type().label());
      detection.put("pairing_method", pair.method() == null ? null : pair.method().label());
      detection.put("pairing_confidence", GalaxyPlates.score(pair.confidence()));
      detection.set(
          "vehicle",
          pair.vehicle() == null
              ? JSON.nullNode()
              : vehicle(++vehicles, pair.vehicle(), image, path(paths.vehicles(), i)));
      detection.set(
          "plate",
          pair.plate() == null
              ? JSON.nullNode()
              : plate(++plates, pair.plate(), each, image, path(paths.plates(), i)));
    }
    return json;
  }

  /** Of a photo that nothing can be made of, among others. */
  static ObjectNode failed(Stamp stamp, String error) {
    ObjectNode json = JSON.objectNode();
    json.put("success", false).put("error", error);
    json.put("timestamp", stamp.text());
    json.put("uploaded_image_path", "");
    json.put("detected_vehicle_image_path", "");
    json.put("detected_plate_image_path", "");
    json.set("processing_time", times(0, 0, 0));
    json.set("summary", summary(List.of()));
    json.putArray("detections");
    return json;
  }

  private static ObjectNode times(long vehicles, long plates, long reading) {
    return JSON.objectNode()
        .put("vehicle_detection_ms", vehicles)
        .put("plate_detection_ms", plates)
        .put("plate_recognition_ms", reading)
        .put("total_ms", vehicles + plates + reading);
  }

  /** The four counts. */
  static ObjectNode summary(List<PlateOnVehicle> found) {
    return JSON.objectNode()
        .put("total_detections", found.size())
        .put("vehicles_with_plates", count(found, DetectionType.VEHICLE_WITH_PLATE))
        .put("vehicles_without_plates", count(found, DetectionType.VEHICLE_WITHOUT_PLATE))
        .put("plates_without_vehicles", count(found, DetectionType.PLATE_WITHOUT_VEHICLE));
  }

  private static long count(List<PlateOnVehicle> found, DetectionType type) {
    return found.stream().filter(each -> each.detection().type() == type).count();
  }

  private static String path(List<String> paths, int index) {
    return index < paths.size() ? paths.get(index) : "";
  }

  private static ObjectNode vehicle(
      int number, Detection vehicle, RecognizedImage image, String path) {
    ObjectNode json = JSON.objectNode();
    json.put("vehicle_index", number);
    json.put("vehicle_class", vehicle.label());
    json.put("vehicle_confidence_score", GalaxyPlates.score(vehicle.score()));
    json.set("vehicle_bounding_box", box(vehicle.box(), image));
    json.put("vehicle_image_path", path);
    return json;
  }

  private static JsonNode plate(
      int number, Detection plate, PlateOnVehicle each, RecognizedImage image, String path) {
    ObjectNode json = JSON.objectNode();
    json.put("plate_index", number);
    json.put("plate_class", "plate");
    json.put("plate_confidence_score", GalaxyPlates.score(plate.score()));
    json.set("plate_bounding_box", box(plate.box(), image));
    json.put("plate_image_path", path);
    PlateRead read = each.read();
    PlateAttributes attributes = each.attributes();
    if (read != null && attributes != null) {
      GalaxyPlates.putText(json, read, attributes);
      GalaxyPlates.putRegion(json, attributes);
    }
    return json;
  }

  /** Whole pixels of the upright photo. */
  static ArrayNode box(BoundingBox box, RecognizedImage image) {
    return JSON.arrayNode()
        .add(within(box.x1(), image.width()))
        .add(within(box.y1(), image.height()))
        .add(within(box.x2(), image.width()))
        .add(within(box.y2(), image.height()));
  }

  private static int within(double value, int most) {
    return (int) Math.max(0, Math.min(most, Math.round(value)));
  }
}
