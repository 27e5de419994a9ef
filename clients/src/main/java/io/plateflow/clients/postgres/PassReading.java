package io.plateflow.clients.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.camera.Place;
import io.plateflow.schemas.detection.Pairing;
import io.plateflow.schemas.detection.PairingMethod;
import io.plateflow.schemas.frame.FrameSize;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.pass.Evidence;
import io.plateflow.schemas.pass.PassFrame;
import io.plateflow.schemas.pass.PassOrigin;
import io.plateflow.schemas.pass.PassPlate;
import io.plateflow.schemas.pass.PassVehicle;
import io.plateflow.schemas.pass.Period;
import io.plateflow.schemas.pass.VehiclePass;
import io.plateflow.schemas.plate.PlateAttributes;
import io.plateflow.schemas.plate.PlateLook;
import io.plateflow.schemas.plate.RungRead;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the form that {@link PassForm} writes, as {@code recorded_pass} gives it back. */
final class PassReading {

  private static final double MILLIS_PER_SECOND = 1000;

  /** Of passes from before directions were kept. */
  private static final String UNKNOWN_DIRECTION = "standing";

  private PassReading() {}

  /** The pass as it was recorded, not matched. */
  static VehiclePass pass(JsonNode row) {
    JsonNode vehicle = row.path("vehicle");
    JsonNode plate = row.path("plate");
    Instant at = time(row, "timestamp");
    String direction = text(row, "direction");
    return new VehiclePass(
        required(row, "pass_key"),
        row.path("revision").asInt(),
        place(row),
        new Period(time(row, "first_seen"), time(row, "last_seen"), row.path("frames").asInt()),
        new PassFrame(
            at,
            size(required(row, "image_resolution")),
            row.path("processing_time").asDouble() * MILLIS_PER_SECOND),
        new Pairing(
            method(row),
            row.path("pairing_confidence").asDouble(),
            row.path("pairing_ambiguous").asBoolean()),
        vehicle.isObject() ? vehicle(vehicle) : null,
        plate.isObject() ? plate(plate) : null,
        null,
        new Evidence(
            text(row, "stored_original_path"),
            text(vehicle, "vehicle_image_path"),
            text(plate, "plate_image_path")),
        direction == null ? UNKNOWN_DIRECTION : direction,
        List.of(),
        origin(row));
  }

  private static Place place(JsonNode row) {
    return new Place(
        required(row, "camera_id"),
        required(row, "location"),
        GateType.valueOf(required(row, "gate").toUpperCase(Locale.ROOT)),
        PostgresTimezone.zone(required(row, "timezone")),
        required(row, "site"),
        row.path("permit_only").asBoolean());
  }

  private static @Nullable PairingMethod method(JsonNode row) {
    String label = text(row, "pairing_method");
    return label == null ? null : PairingMethod.valueOf(label.toUpperCase(Locale.ROOT));
  }

  private static @Nullable PassOrigin origin(JsonNode row) {
    String camera = required(row, "camera_id");
    if (!camera.startsWith(PassOrigin.cameraId(""))) {
      return null;
    }
    String source = camera.substring(PassOrigin.cameraId("").length());
    String uploadId = text(row, "upload_id");
    return new PassOrigin(
        source,
        required(row, "pass_key").substring(camera.length() + 1),
        uploadId != null,
        uploadId,
        row.path("session_id").isNumber() ? row.path("session_id").asLong() : null,
        text(row, "original_image_path"));
  }

  private static PassVehicle vehicle(JsonNode row) {
    return new PassVehicle(
        required(row, "vehicle_class"),
        row.path("vehicle_confidence_score").asDouble(),
        box(row.path("vehicle_bounding_box")));
  }

  private static PassPlate plate(JsonNode row) {
    String text = text(row, "plate_text");
    String plate = text == null ? "" : text;
    String reader = text(row, "reader");
    String readBy = reader == null ? "" : reader;
    double score = row.path("ocr_confidence").asDouble();
    List<PlateLook> looks = new ArrayList<>();
    List<RungRead> others = new ArrayList<>();
    for (JsonNode read : row.path("plate_reads")) {
      if (read.path("captured_at").isTextual()) {
        looks.add(new PlateLook(time(read, "captured_at"), read(read)));
      } else {
        others.add(read(read));
      }
    }
    List<RungRead> rungs = new ArrayList<>();
    if (text(row, "read_decision") != null) {
      row.path("rung_reads").forEach(rung -> rungs.add(withScores(read(rung), others)));
    } else if (!others.isEmpty()) {
      rungs.add(new RungRead(readBy, plate, score, List.of()));
      rungs.addAll(others);
    }
    return new PassPlate(
        plate,
        box(row.path("plate_bounding_box")),
        row.path("plate_confidence_score").asDouble(),
        score,
        row.path("reads").asInt(),
        row.path("agreeing_reads").asInt(),
        readBy,
        attributes(row),
        rungs,
        text(row, "read_decision"),
        looks);
  }

  private static RungRead withScores(RungRead rung, List<RungRead> others) {
    return others.stream()
        .filter(o -> o.reader().equals(rung.reader()) && o.text().equals(rung.text()))
        .findFirst()
        .orElse(rung);
  }

  private static RungRead read(JsonNode row) {
    List<Float> scores = new ArrayList<>();
    row.path("character_scores").forEach(score -> scores.add((float) score.asDouble()));
    return new RungRead(
        required(row, "reader"), required(row, "text"), row.path("score").asDouble(), scores);
  }

  private static PlateAttributes attributes(JsonNode row) {
    return new PlateAttributes(
        text(row, "plate_number"),
        text(row, "plate_date"),
        text(row, "plate_text_color"),
        text(row, "plate_background_color"),
        text(row, "plate_icon"),
        text(row, "plate_icon_color"),
        row.path("plate_blue_strip").asInt() == 1,
        text(row, "plate_type"),
        text(row, "plate_region_code"),
        text(row, "plate_region_name"),
        text(row, "plate_country"));
  }

  private static BoundingBox box(JsonNode edges) {
    return new BoundingBox(
        edges.path(0).asDouble(),
        edges.path(1).asDouble(),
        edges.path(2).asDouble(),
        edges.path(3).asDouble());
  }

  private static FrameSize size(String resolution) {
    int by = resolution.indexOf('x');
    return new FrameSize(
        Integer.parseInt(resolution.substring(0, by)),
        Integer.parseInt(resolution.substring(by + 1)));
  }

  private static Instant time(JsonNode row, String field) {
    return OffsetDateTime.parse(required(row, field)).toInstant();
  }

  private static String required(JsonNode row, String field) {
    String text = text(row, field);
    if (text == null) {
      throw new IllegalArgumentException(
          "Pass %s: found no %s, expected it in its row"
              .formatted(row.path("pass_key").asText("?"), field));
    }
    return text;
  }

  private static @Nullable String text(JsonNode row, String field) {
    JsonNode value = row.path(field);
    return value.isValueNode() && !value.isNull() ? value.asText() : null;
  }
}
