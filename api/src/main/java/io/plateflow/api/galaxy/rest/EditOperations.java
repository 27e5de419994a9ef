package io.plateflow.api.galaxy.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plateflow.api.http.Answer;
import io.plateflow.api.http.Exchange;
import io.plateflow.api.http.Refusal;
import io.plateflow.clients.corrections.CorrectionProducer;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.corrections.Correction;
import io.plateflow.schemas.corrections.CorrectionKind;
import io.plateflow.schemas.status.PlateListType;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Changes of passes: corrections on their topic. The answer comes when the tables follow them, else
 * after a while with 202.
 */
final class EditOperations {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String UNCLASSIFIED = "unclassified";
  private static final String WAITS = "Accepted, the tables follow in a while";

  private final PassOperations passes;
  private final PassForms forms;
  private final EditQueries edits;
  private final PlaceQueries places;
  private final ListOperations lists;
  private final CorrectionProducer corrections;
  private final Clock clock;

  EditOperations(
      PassOperations passes,
      PassForms forms,
      EditQueries edits,
      PlaceQueries places,
      ListOperations lists,
      CorrectionProducer corrections,
      Clock clock) {
    this.passes = passes;
    this.forms = forms;
    this.edits = edits;
    this.places = places;
    this.lists = lists;
    this.corrections = corrections;
    this.clock = clock;
  }

  Answer changePlate(Exchange exchange) {
    long id = RestRequest.id(exchange, "plate_id");
    ObjectNode body = RestRequest.body(exchange);
    RestPass pass = passes.plate(id);
    List<Correction> made = new ArrayList<>();
    add(made, exchange, pass, body, "plate_text", CorrectionKind.PLATE);
    add(made, exchange, pass, body, "plate_type", CorrectionKind.PLATE_TYPE);
    add(made, exchange, pass, body, "plate_region_code", CorrectionKind.REGION);
    String status = RestRequest.text(body, "plate_status");
    boolean off = status != null && status.equalsIgnoreCase(UNCLASSIFIED);
    PlateListType list = status == null || off ? null : ListOperations.type("plate_status", status);
    String plate = listedPlate(pass, made);
    if (status != null && plate.isEmpty()) {
      return RestErrors.detail(409, "Plate %d has no text that a list could have".formatted(id));
    }
    if (made.isEmpty() && status == null) {
      return RestErrors.detail(400, "No fields to update");
    }
    boolean applied = applied(made);
    if (status != null && !(off && edits.list(plate).isEmpty())) {
      applied &= lists.change(plate, list);
    }
    RestPass now = passes.plate(id);
    return changed(applied, "plate", id, forms.plate(now, shown(now.plate())));
  }

  /** What is on the list is the plate as it is to be. */
  private static String listedPlate(RestPass pass, List<Correction> made) {
    for (Correction each : made) {
      String to = each.to();
      if (each.kind() == CorrectionKind.PLATE && to != null) {
        return to;
      }
    }
    String text = shown(pass.plate()).text();
    return text.startsWith("#") ? "" : text;
  }

  Answer changeVehicle(Exchange exchange) {
    long id = RestRequest.id(exchange, "vehicle_id");
    ObjectNode body = RestRequest.body(exchange);
    RestPass pass = passes.vehicle(id);
    List<Correction> made = new ArrayList<>();
    add(made, exchange, pass, body, "vehicle_class", CorrectionKind.VEHICLE_CLASS);
    JsonNode score = body.get("vehicle_confidence_score");
    if (score != null
        && !score.isNull()
        && !(score.isNumber() && score.doubleValue() >= 0 && score.doubleValue() <= 1)) {
      throw Refusal.field("vehicle_confidence_score", "expected a number from 0 to 1.");
    }
    if (made.isEmpty()) {
      // What the detector measured nobody can measure again.
      return RestErrors.detail(400, "No fields to update: vehicle_class can be changed");
    }
    boolean applied = applied(made);
    RestPass now = passes.vehicle(id);
    return changed(applied, "vehicle", id, forms.vehicle(now, shown(now.vehicle())));
  }

  Answer changeSession(Exchange exchange) {
    long id = RestRequest.id(exchange, "session_id");
    ObjectNode body = RestRequest.body(exchange);
    RestPass pass = passes.session(id);
    PlaceQueries.Place place = place(body);
    boolean applied =
        applied(
            List.of(
                correction(
                    exchange,
                    pass,
                    CorrectionKind.LOCATION,
                    pass.location(),
                    place.name(),
                    GateType.valueOf(place.type().toUpperCase(Locale.ROOT)))));
    return changed(applied, "session", id, forms.session(passes.session(id)));
  }

  private PlaceQueries.Place place(ObjectNode body) {
    JsonNode id = body.get("location_id");
    if (id != null && !id.isNull()) {
      if (!id.isIntegralNumber() || !id.canConvertToLong()) {
        throw Refusal.field("location_id", "expected a whole number of 64 bits.");
      }
      return places
          .find(id.longValue())
          .orElseThrow(() -> Refusal.field("location_id", "there is no such location."));
    }
    String name = RestRequest.text(body, "location");
    if (name == null) {
      throw Refusal.field("location", RestErrors.REQUIRED);
    }
    return places
        .named(name)
        .orElseThrow(() -> Refusal.field("location", "there is no such location."));
  }

  Answer deletePlate(Exchange exchange) {
    long id = RestRequest.id(exchange, "plate_id");
    RestPass pass = passes.plate(id);
    boolean vehicle = pass.vehicle() != null;
    return deleted(
        exchange,
        pass,
        gone ->
            JSON.objectNode()
                .put(
                    "message",
                    "Successfully deleted plate %d%s"
                        .formatted(id, vehicle ? " and its associated vehicle" : ""))
                .put("plate_deleted", gone)
                .put("vehicle_deleted", gone && vehicle)
                .put("session_deleted", gone));
  }

  Answer deleteVehicle(Exchange exchange) {
    long id = RestRequest.id(exchange, "vehicle_id");
    RestPass pass = passes.vehicle(id);
    int plates = pass.plate() == null ? 0 : 1;
    return deleted(
        exchange,
        pass,
        gone ->
            JSON.objectNode()
                .put(
                    "message",
                    "Successfully deleted vehicle %d with %d plate records".formatted(id, plates))
                .put("vehicle_deleted", gone)
                .put("plates_deleted", gone ? plates : 0)
                .put("session_deleted", gone));
  }

  private interface Outcome {
    ObjectNode body(boolean gone);
  }

  /** A pass is of one vehicle, so that it goes with it, or with its plate. */
  private Answer deleted(Exchange exchange, RestPass pass, Outcome outcome) {
    if (edits.held(pass.passKey())) {
      return RestErrors.detail(409, "Somebody holds this pass, so that it cannot be deleted");
    }
    boolean gone = applied(List.of(correction(exchange, pass, CorrectionKind.DELETE, null, null)));
    ObjectNode body = outcome.body(gone);
    return gone ? Answer.json(200, body) : Answer.json(202, body.put("message", WAITS));
  }

  private void add(
      List<Correction> made,
      Exchange exchange,
      RestPass pass,
      ObjectNode body,
      String field,
      CorrectionKind kind) {
    String to = RestRequest.text(body, field);
    if (to == null) {
      return;
    }
    try {
      made.add(
          switch (kind) {
            case PLATE -> correction(exchange, pass, kind, shown(pass.plate()).text(), to);
            case PLATE_TYPE ->
                correction(exchange, pass, kind, shown(pass.plate()).type(), PlateTypes.stored(to));
            case REGION ->
                correction(
                    exchange,
                    pass,
                    kind,
                    shown(pass.plate()).regionCode(),
                    to.toUpperCase(Locale.ROOT));
            default ->
                correction(
                    exchange,
                    pass,
                    kind,
                    shown(pass.vehicle()).vehicleClass(),
                    to.toLowerCase(Locale.ROOT));
          });
    } catch (IllegalArgumentException e) {
      // The message begins with the name that corrections have for it.
      throw Refusal.field(field, String.valueOf(e.getMessage()).replaceFirst("^to: ", ""));
    }
  }

  private Correction correction(
      Exchange exchange,
      RestPass pass,
      CorrectionKind kind,
      @Nullable String from,
      @Nullable String to) {
    return correction(exchange, pass, kind, from, to, null);
  }

  private Correction correction(
      Exchange exchange,
      RestPass pass,
      CorrectionKind kind,
      @Nullable String from,
      @Nullable String to,
      @Nullable GateType gate) {
    return new Correction(
        "galaxy-" + UUID.randomUUID(),
        kind,
        pass.passKey(),
        from,
        to,
        gate,
        null,
        null,
        null,
        null,
        clock.instant().truncatedTo(ChronoUnit.MILLIS),
        exchange.client().id(),
        false);
  }

  /** Sends them; returns whether the tables follow already. */
  private boolean applied(List<Correction> made) {
    made.forEach(corrections::put);
    List<String> ids = made.stream().map(Correction::correctionId).toList();
    return made.isEmpty() || Patience.until(() -> edits.applied(ids));
  }

  private static Answer changed(boolean applied, String what, long id, ObjectNode now) {
    ObjectNode body = JSON.objectNode();
    body.put("message", applied ? "Successfully updated %s %d".formatted(what, id) : WAITS);
    body.set(what, now);
    return Answer.json(applied ? 200 : 202, body);
  }

  private static <T> T shown(@Nullable T part) {
    if (part == null) {
      throw RestErrors.notFound("It has just been changed by somebody else");
    }
    return part;
  }
}
