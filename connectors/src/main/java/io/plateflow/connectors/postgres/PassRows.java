package io.plateflow.connectors.postgres;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plateflow.clients.postgres.PostgresTimezone;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.detection.Pairing;
import io.plateflow.schemas.frame.FrameSize;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.pass.Evidence;
import io.plateflow.schemas.pass.PassOrigin;
import io.plateflow.schemas.pass.PassPlate;
import io.plateflow.schemas.pass.PassVehicle;
import io.plateflow.schemas.pass.VehiclePass;
import io.plateflow.schemas.plate.PlateAttributes;
import io.plateflow.schemas.plate.PlateLook;
import io.plateflow.schemas.plate.RungRead;
import io.plateflow.schemas.status.StatusMatch;
import java.util.List;

/** Passes as {@code record_passes} of the migrations takes them. */
final class PassRows implements TableRows<VehiclePass> {

  private static final long serialVersionUID = 1L;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double MILLIS_PER_SECOND = 1000;
  private static final double BOX_PRECISION = 100;

  @Override
  public String writer() {
    return "record_passes";
  }

  @Override
  public String key(VehiclePass pass) {
    return pass.passId();
  }

  @Override
  public String kind() {
    return "pass";
  }

  @Override
  public String source(VehiclePass pass) {
    return pass.cameraId();
  }

  @Override
  public String json(VehiclePass pass) {
    Evidence evidence = pass.evidence();
    FrameSize size = pass.frame().size();
    Pairing pairing = pass.pairing();
    ObjectNode row = JSON.createObjectNode();
    row.put("pass_key", pass.passId())
        .put("camera_id", pass.cameraId())
        .put("location", pass.place().location())
        .put("location_type", locationType(pass.place().gate()))
        .put("timezone", PostgresTimezone.name(pass.place().timezone()))
        .put("site", pass.place().site())
        .put("gate", pass.place().gate().label())
        .put("timestamp", pass.frame().capturedAt().toString())
        .put("first_seen", pass.seen().first().toString())
        .put("last_seen", pass.seen().last().toString())
        .put("frames", pass.seen().frames())
        .put("direction", pass.direction())
        .put("image_resolution", "%dx%d".formatted(size.width(), size.height()))
        .put("processing_time", pass.frame().processingMillis() / MILLIS_PER_SECOND)
        .put("stored_original_path", evidence.framePath())
        .put("detection_type", pass.type().label());
    if (pairing.method() != null) {
      row.put("pairing_method", pairing.method().label())
          .put("pairing_confidence", pairing.confidence());
    }
    PassOrigin origin = pass.origin();
    if (origin != null) {
      row.put("original_image_path", origin.originalPath())
          .put("upload_id", origin.uploadId())
          .put("session_id", origin.sessionId());
    }
    row.put("pairing_ambiguous", pairing.ambiguous());
    if (pass.vehicle() != null) {
      row.set("vehicle", vehicle(pass.vehicle(), evidence));
    }
    if (pass.plate() != null) {
      row.set("plate", plate(pass.plate(), pass, evidence));
    }
    return row.toString();
  }

  private static ObjectNode vehicle(PassVehicle vehicle, Evidence evidence) {
    ObjectNode row = JSON.createObjectNode();
    row.put("vehicle_image_path", evidence.vehiclePath())
        .put("vehicle_class", vehicle.vehicleClass())
        .put("vehicle_confidence_score", vehicle.score())
        .set("vehicle_bounding_box", box(vehicle.box()));
    return row;
  }

  private static ObjectNode plate(PassPlate plate, VehiclePass pass, Evidence evidence) {
    StatusMatch match = pass.match();
    ObjectNode row = JSON.createObjectNode();
    row.put("plate_image_path", evidence.platePath())
        .put("plate_confidence_score", plate.detectionScore())
        .put("plate_text", plate.text().isEmpty() ? null : plate.text())
        .put("ocr_confidence", plate.readScore())
        .put("reads", plate.reads())
        .put("agreeing_reads", plate.agreeingReads())
        .put("reader", plate.reader())
        .put("plate_status", match == null ? "unclassified" : match.type().label())
        .set("plate_bounding_box", box(plate.box()));
    row.set("list_matches", MatchedPasses.matches(pass.matches()));
    row.put("read_decision", plate.decision());
    ArrayNode rungs = row.putArray("rung_reads");
    // The column is for passes that more than one rung was asked about.
    for (RungRead rung : plate.decision() == null ? List.<RungRead>of() : plate.rungs()) {
      rungs
          .addObject()
          .put("reader", rung.reader())
          .put("text", rung.text())
          .put("score", rung.score());
    }
    reads(plate, row.putArray("plate_reads"));
    PlateAttributes attributes = plate.attributes();
    if (attributes != null) {
      row.put("plate_number", attributes.number())
          .put("plate_type", attributes.type())
          .put("plate_date", attributes.date())
          .put("plate_background_color", attributes.backgroundColor())
          .put("plate_text_color", attributes.textColor())
          .put("plate_region_code", attributes.regionCode())
          .put("plate_region_name", attributes.regionName())
          .put("plate_country", attributes.country())
          .put("plate_icon", attributes.icon())
          .put("plate_icon_color", attributes.iconColor())
          .put("plate_blue_strip", attributes.blueStrip() ? 1 : 0);
    }
    if (match != null) {
      row.put("listed_plate", match.listedPlate())
          .put("match_distance", match.distance())
          .put("match_tolerance", match.tolerance());
    }
    return row;
  }

  /** The looks, then the rungs beside the local one, which stands for the looks. */
  private static void reads(PassPlate plate, ArrayNode rows) {
    for (PlateLook look : plate.looks()) {
      if (!look.read().text().isEmpty()) {
        read(plate, look.read(), rows).put("captured_at", look.capturedAt().toString());
      }
    }
    plate.rungs().stream()
        .skip(1)
        .filter(rung -> !rung.text().isEmpty())
        .forEach(rung -> read(plate, rung, rows));
  }

  private static ObjectNode read(PassPlate plate, RungRead read, ArrayNode rows) {
    ObjectNode row = rows.addObject();
    row.put("reader", read.reader())
        .put("text", read.text())
        .put("score", read.score())
        .put("agrees", read.text().equals(plate.text()));
    ArrayNode scores = row.putArray("character_scores");
    read.characterScores().forEach(scores::add);
    return row;
  }

  /** Hundredths of a pixel are more than any detector means. */
  private static ArrayNode box(BoundingBox box) {
    ArrayNode array = JSON.createArrayNode();
    for (double edge : new double[] {box.x1(), box.y1(), box.x2(), box.y2()}) {
      array.add(Math.round(edge * BOX_PRECISION) / BOX_PRECISION);
    }
    return array;
  }

  private static String locationType(GateType gate) {
    return switch (gate) {
      case ENTRY -> "Entry";
      case EXIT -> "Exit";
      case PASSAGE -> "Passage";
    };
  }
}
