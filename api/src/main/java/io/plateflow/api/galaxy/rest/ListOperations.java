package io.plateflow.api.galaxy.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plateflow.api.http.Answer;
import io.plateflow.api.http.Exchange;
import io.plateflow.api.http.FormLimits;
import io.plateflow.api.http.Refusal;
import io.plateflow.clients.lists.PlateStatusProducer;
import io.plateflow.schemas.plate.PlateText;
import io.plateflow.schemas.status.PlateListType;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The simple access list: changed through its topic, shown as its table has it. */
final class ListOperations {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final FormLimits FORM = new FormLimits(0, Set.of());
  private static final String PLATE = "plate_text";
  private static final String TYPE = "status_type";
  private static final int LONGEST_PLATE = 40;

  private final EditQueries edits;
  private final PlateStatusProducer list;
  private final Clock clock;

  ListOperations(EditQueries edits, PlateStatusProducer list, Clock clock) {
    this.edits = edits;
    this.list = list;
    this.clock = clock;
  }

  Answer all(Exchange exchange) {
    ObjectNode body = success();
    ArrayNode statuses = body.putArray("plate_statuses");
    edits
        .listed()
        .forEach(
            entry ->
                statuses.addObject().put("plate_text", entry.plate()).put("status", entry.list()));
    return Answer.json(200, body);
  }

  Answer add(Exchange exchange) {
    String sent;
    String type;
    if (exchange.hasForm()) {
      sent = formText(exchange, PLATE);
      type = formText(exchange, TYPE);
    } else {
      ObjectNode body = RestRequest.body(exchange);
      sent = RestRequest.text(body, PLATE);
      type = RestRequest.text(body, TYPE);
    }
    String plate = plate(sent);
    PlateListType wanted = type(TYPE, type);
    return said(change(plate, wanted), "Plate %s added to %s".formatted(sent, wanted.label()));
  }

  private static @Nullable String formText(Exchange exchange, String name) {
    String text = exchange.form(FORM).text(name);
    return text == null ? null : RestRequest.text(text, name);
  }

  Answer remove(Exchange exchange) {
    String sent = exchange.variable(PLATE);
    String plate = PlateText.normalise(sent);
    if (plate.isEmpty() || edits.list(plate).isEmpty()) {
      throw RestErrors.notFound(
          "Plate %s not found in status list".formatted(RestRequest.shortened(sent)));
    }
    return said(
        change(plate, null),
        "Plate %s removed from status list".formatted(RestRequest.shortened(sent)));
  }

  Answer sync(Exchange exchange) {
    SortedMap<String, Long> counts = edits.seenByList();
    ObjectNode body = success();
    body.put(
        "message",
        "Successfully synchronized %d plate statuses"
            .formatted(counts.values().stream().mapToLong(Long::longValue).sum()));
    ObjectNode details = body.putObject("details");
    for (String each : new String[] {"whitelist", "blacklist", "unclassified"}) {
      details.put(each, counts.getOrDefault(each, 0L));
    }
    return Answer.json(200, body);
  }

  /**
   * Returns whether the table shows it already.
   *
   * @param wanted null takes it off
   */
  boolean change(String plate, @Nullable PlateListType wanted) {
    // Clocks of other authors may be ahead.
    long version = Math.max(clock.millis(), edits.version(plate) + 1);
    if (wanted == null) {
      list.remove(plate, version);
    } else {
      list.put(plate, wanted, version, null);
    }
    Optional<String> label = Optional.ofNullable(wanted).map(PlateListType::label);
    return Patience.until(() -> edits.version(plate) >= version && edits.list(plate).equals(label));
  }

  /**
   * @throws Refusal where it has no letter or digit, or too many
   */
  private static String plate(@Nullable String sent) {
    if (sent == null) {
      throw Refusal.field(PLATE, RestErrors.REQUIRED);
    }
    String plate = PlateText.normalise(sent);
    if (plate.isEmpty() || plate.length() > LONGEST_PLATE) {
      throw Refusal.field(
          PLATE,
          "found '%s', expected 1 to %d letters and digits."
              .formatted(RestRequest.shortened(sent), LONGEST_PLATE));
    }
    return plate;
  }

  /**
   * @param field that says it
   * @throws Refusal where it is neither list
   */
  static PlateListType type(String field, @Nullable String type) {
    if (type == null) {
      throw Refusal.field(field, RestErrors.REQUIRED);
    }
    return switch (type.toLowerCase(Locale.ROOT)) {
      case "whitelist" -> PlateListType.WHITELIST;
      case "blacklist" -> PlateListType.BLACKLIST;
      default ->
          throw Refusal.field(
              field,
              "found '%s', expected whitelist or blacklist."
                  .formatted(RestRequest.shortened(type)));
    };
  }

  private static Answer said(boolean shown, String message) {
    ObjectNode body = success();
    body.put("message", message);
    return Answer.json(shown ? 200 : 202, body);
  }

  private static ObjectNode success() {
    return JSON.objectNode().put("status", "success");
  }
}
