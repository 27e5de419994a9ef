package io.plateflow.api.galaxy.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Passes in the words of this API: no null where clients expect a text. */
final class PassForms {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final EvidencePictures pictures;

  PassForms(EvidencePictures pictures) {
    this.pictures = pictures;
  }

  /** A record of {@code /detections}; it has the id of the plate, else of the vehicle. */
  ObjectNode detection(RestPass pass) {
    RestPass.Vehicle vehicle = pass.vehicle();
    RestPass.Plate plate = pass.plate();
    String number = plate == null ? "" : plate.text();
    String type = plate == null ? "" : PlateTypes.shown(plate.type());
    String region = plate == null ? "" : orEmpty(plate.region());
    String status = plate == null ? "" : plate.status();
    String vehicleType = vehicle == null ? "" : vehicle.vehicleClass();
    double confidence = confidence(pass);
    ObjectNode record = JSON.objectNode();
    record
        .put("id", plate != null ? plate.id() : vehicle == null ? 0 : vehicle.id())
        .put("detection_type", plate == null ? "vehicle" : "plate")
        .put("timestamp", pass.at())
        .put("original_path", pictures.link(pass.originalPath()))
        .put("file_path", pictures.link(cutOut(pass)))
        .put("annotated_path", "")
        .put("processing_time", String.format(Locale.ROOT, "%.2fms", pass.millis()))
        .put("image_resolution", pass.resolution())
        .put("session_id", pass.sessionId())
        .put("timestampEntry", pass.entered() == null ? pass.at() : pass.entered())
        .put("timestampExit", orEmpty(pass.left()))
        .put("plateNumber", number)
        .put("vehicleType", vehicleType)
        .put("region", region)
        .put("plateType", type)
        .put("plateStatus", status)
        .put("gateLocation", place(pass))
        .put("confidence", confidence);
    record
        .putObject("detection_details")
        .put("vehicle_type", vehicleType)
        .put("vehicle_confidence", vehicle == null ? 0 : vehicle.confidence())
        .put("plate_number", number)
        .put("plate_text", number)
        .put("plate_type", type)
        .put("plate_status", status)
        .put("ocr_confidence", plate == null ? 0 : plate.confidence())
        .put("confidence", confidence)
        .put("region", region)
        .put("gate_location", place(pass));
    return record;
  }

  /** An entity of {@code /api/detection/latest}. */
  ObjectNode entity(RestPass pass) {
    RestPass.Vehicle vehicle = pass.vehicle();
    RestPass.Plate plate = pass.plate();
    String entity =
        plate == null
            ? "vehicle_without_plate"
            : vehicle == null ? "standalone_plate" : "vehicle_with_plate";
    String id =
        pass.sessionId()
            + (vehicle == null ? "" : "_v" + vehicle.index())
            + (plate == null ? "" : "_p" + plate.index());
    ObjectNode one =
        entity(id, entity, pass.at(), pass.millis(), pass.resolution(), pass.originalPath());
    one.put("gateLocation", place(pass)).put("confidence", confidence(pass));
    if (vehicle != null) {
      one.put("vehicle_index", vehicle.index())
          .put("vehicleType", vehicle.vehicleClass())
          .put("vehicleConfidence", vehicle.confidence())
          .put("vehicleImagePath", pictures.link(vehicle.path()));
    }
    if (plate != null) {
      one.put("plate_index", plate.index())
          .put("plateNumber", plate.text())
          .put("plateType", PlateTypes.shown(plate.type()))
          .put("plateStatus", plate.status())
          .put("isBlacklist", listed(plate.status()))
          .put("plateImage", pictures.link(plate.path()))
          .put("plateImagePath", pictures.link(plate.path()))
          .put("plateTextColor", PlateTypes.capital(plate.textColor()))
          .put("plateBackgroundColor", PlateTypes.capital(plate.backgroundColor()))
          .put("plateRegion", orEmpty(plate.region()))
          .put("algorithm", orEmpty(plate.reader()));
    }
    return one;
  }

  /** The only entity of an upload that shows nothing. */
  ObjectNode nothing(PassQueries.Newest upload) {
    return entity(
        "0", "no_detection", upload.at(), upload.millis(), upload.resolution(), upload.path());
  }

  private ObjectNode entity(
      String id,
      String entity,
      String at,
      double millis,
      String resolution,
      @Nullable String original) {
    ObjectNode one = JSON.objectNode();
    one.put("id", id)
        .put("entity_type", entity)
        .put("vehicle_index", 0)
        .put("plate_index", 0)
        .put("confidence", 0.0)
        .put("vehicleConfidence", 0.0)
        .put("detectedTime", at)
        .put("processingTime", String.format(Locale.ROOT, "%.3fs", millis / 1000))
        .put("imageResolution", resolution)
        .put("originalImage", pictures.link(original))
        .put("storedOriginalPath", pictures.link(original));
    for (String text :
        new String[] {
          "plateNumber",
          "plateType",
          "plateStatus",
          "isBlacklist",
          "vehicleType",
          "gateLocation",
          "plateImage",
          "plateImagePath",
          "vehicleImagePath",
          "vehicleAnnotatedPath",
          "plateTextColor",
          "plateBackgroundColor",
          "plateRegion",
          "algorithm"
        }) {
      one.put(text, "");
    }
    return one;
  }

  ObjectNode vehicle(RestPass pass, RestPass.Vehicle vehicle) {
    ObjectNode one = JSON.objectNode();
    one.put("id", vehicle.id())
        .put("session_id", pass.sessionId())
        .put("vehicle_class", vehicle.vehicleClass())
        .put("vehicle_confidence_score", vehicle.confidence())
        .put("vehicle_image_path", pictures.path(vehicle.path()))
        .put("timestamp", pass.at());
    one.set("vehicle_bounding_box", box(vehicle.box()));
    ArrayNode plates = one.putArray("plates");
    RestPass.Plate plate = pass.plate();
    if (plate != null) {
      plates
          .addObject()
          .put("id", plate.id())
          .put("plate_text", plate.text())
          .set("plate_bounding_box", box(plate.box()));
    }
    return one;
  }

  ObjectNode plate(RestPass pass, RestPass.Plate plate) {
    RestPass.Vehicle vehicle = pass.vehicle();
    ObjectNode one = JSON.objectNode();
    one.put("id", plate.id())
        .put("session_id", pass.sessionId())
        .put("vehicle_id", vehicle == null ? null : vehicle.id())
        .put("plate_text", plate.text())
        .put("plate_type", PlateTypes.shown(plate.type()))
        .put("plate_status", plate.status())
        .put("plate_region", orEmpty(plate.region()))
        .put("plate_region_code", orEmpty(plate.regionCode()))
        .put("vehicle_class", vehicle == null ? "" : vehicle.vehicleClass())
        .put("timestamp", pass.at());
    one.set("plate_bounding_box", box(plate.box()));
    return one;
  }

  ObjectNode session(RestPass pass) {
    ObjectNode one = JSON.objectNode();
    one.put("id", pass.sessionId())
        .put("detection_id", pass.passKey())
        .put("camera_id", pass.cameraId())
        .put("location_id", pass.locationId())
        .put("location", place(pass))
        .put("timestamp", pass.at())
        .put("image_resolution", pass.resolution())
        .put("processing_time", pass.millis() / 1000)
        .put("stored_original_path", pictures.path(pass.originalPath()));
    ArrayNode vehicles = one.putArray("vehicles");
    RestPass.Vehicle vehicle = pass.vehicle();
    if (vehicle != null) {
      vehicles.add(vehicle(pass, vehicle));
    }
    ArrayNode alone = one.putArray("plates");
    RestPass.Plate plate = pass.plate();
    if (plate != null && vehicle == null) {
      alone.add(plate(pass, plate));
    }
    return one;
  }

  /** {@code Gate 1 (Entry)}. */
  private static String place(RestPass pass) {
    return "%s (%s)".formatted(pass.location(), pass.locationType());
  }

  private static double confidence(RestPass pass) {
    RestPass.Vehicle vehicle = pass.vehicle();
    RestPass.Plate plate = pass.plate();
    return plate != null ? plate.confidence() : vehicle == null ? 0 : vehicle.confidence();
  }

  private static @Nullable String cutOut(RestPass pass) {
    RestPass.Vehicle vehicle = pass.vehicle();
    RestPass.Plate plate = pass.plate();
    return plate != null ? plate.path() : vehicle == null ? null : vehicle.path();
  }

  private static String listed(String status) {
    return switch (status) {
      case "blacklist" -> "Blacklist";
      case "whitelist" -> "Whitelist";
      default -> "";
    };
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static JsonNode box(String json) {
    try {
      ArrayNode box = JSON.arrayNode();
      for (JsonNode edge : MAPPER.readTree(json)) {
        box.add(Math.round(edge.doubleValue()));
      }
      return box;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A column of JSON holds JSON", e);
    }
  }
}
