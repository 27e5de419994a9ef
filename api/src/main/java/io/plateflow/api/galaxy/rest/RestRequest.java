package io.plateflow.api.galaxy.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plateflow.api.http.BodyLimits;
import io.plateflow.api.http.Exchange;
import io.plateflow.api.http.FormReader;
import io.plateflow.api.http.Refusal;
import io.plateflow.api.http.StrictJson;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What requests say, checked before it is used. */
final class RestRequest {

  private static final int LONGEST_TEXT = 200;

  private RestRequest() {}

  /** An id of the path: a number of 64 bits. */
  static long id(Exchange exchange, String name) {
    String text = exchange.variable(name);
    Long id = whole(text);
    if (id == null) {
      throw RestErrors.path(
          name, "found '%s', expected a whole number of 64 bits.".formatted(shortened(text)));
    }
    return id;
  }

  /** A parameter of the address that is a number. */
  static long number(Exchange exchange, String name, long usual, long least, long most) {
    String text = exchange.query().text(name);
    if (text == null || text.isEmpty()) {
      return usual;
    }
    Long number = whole(text);
    if (number == null || number < least || number > most) {
      throw RestErrors.query(
          name,
          "found '%s', expected a whole number from %d to %d."
              .formatted(shortened(text), least, most));
    }
    return number;
  }

  /** A parameter of the address, without blanks around it; null where there is none. */
  static @Nullable String parameter(Exchange exchange, String name) {
    String text = exchange.query().text(name);
    return text == null || text.isBlank() ? null : text.strip();
  }

  /** The JSON object that the body is. */
  static ObjectNode body(Exchange exchange) {
    byte[] body = FormReader.whole(exchange, BodyLimits.TEXTS);
    return StrictJson.object(new String(body, StandardCharsets.UTF_8), "body");
  }

  /** A text of the body, without blanks around it; null where it is missing or null. */
  static @Nullable String text(ObjectNode body, String name) {
    JsonNode value = body.get(name);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw Refusal.field(
          name, "found %s, expected a text.".formatted(shortened(value.toString())));
    }
    return text(value.textValue(), name);
  }

  /** The same of a field that stands elsewhere. */
  static String text(String value, String name) {
    String text = value.strip();
    if (text.isEmpty()
        || text.length() > LONGEST_TEXT
        || text.chars().anyMatch(Character::isISOControl)) {
      throw Refusal.field(
          name,
          "found '%s', expected a text of 1 to %d characters on one line."
              .formatted(shortened(text), LONGEST_TEXT));
    }
    return text;
  }

  private static @Nullable Long whole(String text) {
    try {
      return text.matches("[+-]?[0-9]+") ? Long.valueOf(text) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  static String shortened(String text) {
    String line = text.replaceAll("\\p{Cntrl}", "?");
    return line.length() > 60 ? line.substring(0, 60) + "..." : line;
  }
}
