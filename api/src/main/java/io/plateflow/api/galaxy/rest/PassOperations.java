package io.plateflow.api.galaxy.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plateflow.api.http.Answer;
import io.plateflow.api.http.Exchange;
import io.plateflow.api.http.Refusal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is asked about passes. */
final class PassOperations {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final long USUAL_PAGE = 100;
  private static final long LARGEST_PAGE = 1000;

  private final PassQueries passes;
  private final PassForms forms;

  PassOperations(PassQueries passes, PassForms forms) {
    this.passes = passes;
    this.forms = forms;
  }

  Answer list(Exchange exchange) {
    String vehicle = RestRequest.parameter(exchange, "vehicleType");
    String type = RestRequest.parameter(exchange, "plateType");
    PassQueries.Page page =
        passes.page(
            new PassQueries.Filter(
                vehicle == null ? null : word("vehicleType", vehicle.toLowerCase(Locale.ROOT)),
                type == null ? null : word("plateType", PlateTypes.stored(type)),
                RestRequest.parameter(exchange, "search")),
            RestRequest.number(exchange, "limit", USUAL_PAGE, 1, LARGEST_PAGE),
            RestRequest.number(exchange, "offset", 0, 0, Long.MAX_VALUE));
    ObjectNode body = JSON.objectNode();
    ArrayNode detections = body.putArray("detections");
    page.passes().forEach(pass -> detections.add(forms.detection(pass)));
    body.put("count", page.count());
    return Answer.json(200, body);
  }

  private static String word(String name, String text) {
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw RestErrors.query(name, "found a control character, expected a word.");
    }
    return text;
  }

  Answer latest(Exchange exchange) {
    Optional<PassQueries.Newest> upload = passes.newestUpload();
    ArrayNode entities = JSON.arrayNode();
    if (upload.isEmpty()) {
      passes
          .page(new PassQueries.Filter(null, null, null), 1, 0)
          .passes()
          .forEach(pass -> entities.add(forms.entity(pass)));
    } else if (upload.get().sessions().isEmpty()) {
      entities.add(forms.nothing(upload.get()));
    } else {
      rows(upload.get()).forEach(pass -> entities.add(forms.entity(pass)));
    }
    return Answer.json(200, entities);
  }

  /** Those of an upload that has just come may be on their way. */
  private List<RestPass> rows(PassQueries.Newest upload) {
    if (upload.fresh()) {
      Patience.until(() -> passes.sessions(upload.sessions()).size() == upload.sessions().size());
    }
    return passes.sessions(upload.sessions());
  }

  Answer vehicle(Exchange exchange) {
    long id = RestRequest.id(exchange, "vehicle_id");
    RestPass pass = vehicle(id);
    return Answer.json(200, forms.vehicle(pass, present(pass.vehicle())));
  }

  Answer plate(Exchange exchange) {
    long id = RestRequest.id(exchange, "plate_id");
    RestPass pass = plate(id);
    return Answer.json(200, forms.plate(pass, present(pass.plate())));
  }

  Answer session(Exchange exchange) {
    return Answer.json(200, forms.session(session(RestRequest.id(exchange, "session_id"))));
  }

  /**
   * The pass of a vehicle.
   *
   * @throws Refusal where there is none
   */
  RestPass vehicle(long id) {
    return passes
        .ofVehicle(id)
        .orElseThrow(() -> RestErrors.notFound("Vehicle %d not found".formatted(id)));
  }

  /**
   * The pass of a plate.
   *
   * @throws Refusal where there is none
   */
  RestPass plate(long id) {
    return passes
        .ofPlate(id)
        .orElseThrow(() -> RestErrors.notFound("Plate %d not found".formatted(id)));
  }

  /**
   * @throws Refusal where there is none, also not soon
   */
  RestPass session(long id) {
    return passes
        .ofSession(id)
        .orElseThrow(() -> RestErrors.notFound("Session %d not found".formatted(id)));
  }

  private static <T> T present(@Nullable T found) {
    if (found == null) {
      throw new IllegalStateException("A pass was found by what it does not have");
    }
    return found;
  }
}
