package io.plateflow.api.galaxy.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plateflow.api.galaxy.rest.PlaceQueries.Place;
import io.plateflow.api.http.Answer;
import io.plateflow.api.http.Exchange;
import io.plateflow.api.http.Refusal;
import io.plateflow.clients.postgres.PostgresTimezone;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is asked about places, and changed of them. */
final class PlaceOperations {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final List<String> TYPES = List.of("Entry", "Exit", "Passage");
  private static final String TAKEN = "A location %s of type %s is there already";

  private final PlaceQueries places;

  PlaceOperations(PlaceQueries places) {
    this.places = places;
  }

  Answer all(Exchange exchange) {
    ArrayNode list = JSON.arrayNode();
    places.all().forEach(place -> list.add(form(place)));
    return Answer.json(200, list);
  }

  Answer types(Exchange exchange) {
    ArrayNode list = JSON.arrayNode();
    TYPES.forEach(list::add);
    return Answer.json(200, list);
  }

  Answer one(Exchange exchange) {
    long id = RestRequest.id(exchange, "location_id");
    return Answer.json(200, form(places.find(id).orElseThrow(() -> notThere(id))));
  }

  Answer add(Exchange exchange) {
    ObjectNode body = RestRequest.body(exchange);
    String name = required("name", RestRequest.text(body, "name"));
    String type = required("type", type(body));
    String timezone = timezone(body);
    return places
        .add(name, type, timezone == null ? "UTC" : timezone)
        .map(place -> Answer.json(200, form(place)))
        .orElseGet(() -> RestErrors.detail(409, TAKEN.formatted(name, type)));
  }

  Answer change(Exchange exchange) {
    long id = RestRequest.id(exchange, "location_id");
    ObjectNode body = RestRequest.body(exchange);
    String name = RestRequest.text(body, "name");
    String type = type(body);
    String timezone = timezone(body);
    Place old = places.find(id).orElseThrow(() -> notThere(id));
    String newName = name == null ? old.name() : name;
    String newType = type == null ? old.type() : type;
    if (places.taken(id, newName, newType)) {
      return RestErrors.detail(409, TAKEN.formatted(newName, newType));
    }
    return Answer.json(
        200, form(places.change(id, name, type, timezone).orElseThrow(() -> notThere(id))));
  }

  Answer delete(Exchange exchange) {
    long id = RestRequest.id(exchange, "location_id");
    return switch (places.delete(id)) {
      case DONE ->
          Answer.json(
              200,
              JSON.objectNode().put("message", "Location %d deleted successfully".formatted(id)));
      case NOT_THERE -> throw notThere(id);
      case IN_USE ->
          RestErrors.detail(409, "Location %d has passes or statistics of passes".formatted(id));
    };
  }

  private static Refusal notThere(long id) {
    return RestErrors.notFound("Location %d not found".formatted(id));
  }

  private static String required(String name, @Nullable String value) {
    if (value == null) {
      throw Refusal.field(name, RestErrors.REQUIRED);
    }
    return value;
  }

  private static @Nullable String type(ObjectNode body) {
    String type = RestRequest.text(body, "type");
    if (type == null) {
      return null;
    }
    return TYPES.stream()
        .filter(type::equalsIgnoreCase)
        .findFirst()
        .orElseThrow(
            () ->
                Refusal.field(
                    "type",
                    "found '%s', expected one of %s."
                        .formatted(RestRequest.shortened(type), String.join(", ", TYPES))));
  }

  private static @Nullable String timezone(ObjectNode body) {
    String timezone = RestRequest.text(body, "timezone");
    if (timezone == null) {
      return null;
    }
    try {
      return PostgresTimezone.name(ZoneId.of(timezone).getId());
    } catch (DateTimeException e) {
      throw Refusal.field(
          "timezone",
          "found '%s', expected the name of a zone such as Asia/Makassar."
              .formatted(RestRequest.shortened(timezone)));
    }
  }

  private static ObjectNode form(Place place) {
    return JSON.objectNode()
        .put("id", place.id())
        .put("name", place.name())
        .put("type", place.type())
        .put("timestamp", place.at())
        .put("timezone", PostgresTimezone.zone(place.timezone()));
  }
}
