package io.plateflow.clients.postgres;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.camera.Place;
import io.plateflow.schemas.detection.Pairing;
import io.plateflow.schemas.frame.FrameSize;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.lists.ListMatch;
import io.plateflow.schemas.pass.AsRead;
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
import org.jspecify.annotations.Nullable;

/**
 * Passes as {@code record_passes} of the migrations takes them and {@code recorded_pass} gives
 * them.
 */
public final class PassForm {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double MILLIS_PER_SECOND = 1000;
  private static final double BOX_PRECISION = 100;

  private PassForm() {}

  public static ObjectNode write(VehiclePass pass) {
    Evidence evidence = pass.evidence();
    FrameSize size = pass.frame().size();
    ObjectNode row = JSON.createObjectNode();
    row.put("pass_key", pass.passId())
        .put("camera_id", pass.cameraId())
        .put("revision", pass.revision())
        .put("timestamp", pass.frame().capturedAt().toString())
        .put("first_seen", pass.seen().first().toString())
        .put("last_seen", pass.seen().last().toString())
        .put("frames", pass.seen().frames())
        .put("direction", pass.direction())
        .put("image_resolution", "%dx%d".formatted(size.width(), size.height()))
        .put("processing_time", pass.frame().processingMillis() / MILLIS_PER_SECOND)
        .put("stored_original_path", evidence.framePath())
        .put("detection_type", pass.type().label());
    put(row, pass.place());
    put(row, pass.pairing());
    PassOrigin origin = pass.origin();
    if (origin != null) {
      row.put("original_image_path", origin.originalPath())
          .put("upload_id", origin.uploadId())
          .put("session_id", origin.sessionId());
    }
    if (pass.vehicle() != null) {
      row.set("vehicle", vehicle(pass.vehicle(), evidence));
    }
    AsRead asRead = pass.asRead();
    if (pass.plate() != null) {
      ObjectNode plate = plate(pass.plate(), pass.match(), pass.matches(), evidence);
      if (asRead != null) {
        String read = asRead.plateText();
        plate.put("read_text", read.isEmpty() || read.equals(pass.plateText()) ? null : read);
      }
      row.set("plate", plate);
    }
    if (asRead != null) {
      row.put("corrected_at", asRead.correctedAt().toString())
          .put("corrected_by", asRead.correctedBy())
          .set("as_read", asRead(asRead, evidence));
    }
    return row;
  }

  private static void put(ObjectNode row, Place place) {
    row.put("location", place.location())
        .put("location_type", locationType(place.gate()))
        .put("timezone", PostgresTimezone.name(place.timezone()))
        .put("site", place.site())
        .put("gate", place.gate().label());
  }

  private static void put(ObjectNode row, Pairing pairing) {
    if (pairing.method() != null) {
      row.put("pairing_method", pairing.method().label())
          .put("pairing_confidence", pairing.confidence());
    }
    row.put("pairing_ambiguous", pairing.ambiguous());
  }

  /** The part of a pass that corrections may change. */
  private static ObjectNode asRead(AsRead asRead, Evidence evidence) {
    ObjectNode row = JSON.createObjectNode().put("revision", asRead.revision());
    put(row, asRead.place());
    // Each of them, so that nothing of the corrected pass is left where the two are put together.
    row.putNull("pairing_method").putNull("pairing_confidence");
    put(row, asRead.pairing());
    PassVehicle vehicle = asRead.vehicle();
    row.set("vehicle", vehicle == null ? null : vehicle(vehicle, evidence));
    PassPlate plate = asRead.plate();
    row.set("plate", plate == null ? null : plate(plate, null, List.of(), evidence));
    return row;
  }

  private static ObjectNode vehicle(PassVehicle vehicle, Evidence evidence) {
    ObjectNode row = JSON.createObjectNode();
    row.put("vehicle_image_path", evidence.vehiclePath())
        .put("vehicle_class", vehicle.vehicleClass())
        .put("vehicle_confidence_score", vehicle.score())
        .set("vehicle_bounding_box", box(vehicle.box()));
    return row;
  }

  private static ObjectNode plate(
      PassPlate plate, @Nullable StatusMatch match, List<ListMatch> matches, Evidence evidence) {
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
    row.set("list_matches", matches(matches));
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

  /** Matches as they stand in every table that has them. */
  public static ArrayNode matches(List<ListMatch> matches) {
    ArrayNode rows = JSON.createArrayNode();
    for (ListMatch match : matches) {
      rows.addObject()
          .put("list_id", match.listId())
          .put("list_name", match.listName())
          .put("meaning", match.meaning().label())
          .put("color", match.color())
          .put("entry_id", match.entryId())
          .put("pattern", match.pattern())
          .put("match_kind", match.kind().label())
          .put("match_distance", match.distance())
          .put("match_tolerance", match.tolerance())
          .put("holder", match.holder())
          .put("note", match.note());
    }
    return rows;
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
