package io.plateflow.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object of the service's own, which takes none that it does not know: a
 * mistyped one would silently mean its default.
 */
public final class JsonFields {

  private final ObjectNode object;

  private JsonFields(ObjectNode object) {
    this.object = object;
  }

  /**
   * @throws Refusal where it has others than these
   */
  public static JsonFields of(ObjectNode object, String... known) {
    List<String> names = List.of(known);
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!names.contains(name)) {
                throw Refusal.field(
                    name.substring(0, Math.min(100, name.length())),
                    "is not known, expected one of %s.".formatted(new TreeSet<>(names)));
              }
            });
    return new JsonFields(object);
  }

  public boolean has(String name) {
    return object.has(name);
  }

  /** Null where it is missing or null. */
  public @Nullable String text(String name) {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw Refusal.field(name, "expected a text.");
    }
    return value.textValue();
  }

  public String required(String name) {
    String text = text(name);
    if (text == null) {
      throw Refusal.field(name, "is missing, expected a text.");
    }
    return text;
  }

  /** Null where it is missing or null. */
  public @Nullable Integer integer(String name) {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw Refusal.field(name, "expected a whole number below 2147483648.");
    }
    return value.intValue();
  }

  /** Null where it is missing or null. */
  public @Nullable Boolean bool(String name) {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isBoolean()) {
      throw Refusal.field(name, "expected true or false.");
    }
    return value.booleanValue();
  }

  /** Null where it is missing or null. */
  public @Nullable List<String> texts(String name) {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isArray()) {
      throw Refusal.field(name, "expected a list of texts.");
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode each : value) {
      if (!each.isTextual()) {
        throw Refusal.field(name, "expected a list of texts.");
      }
      texts.add(each.textValue());
    }
    return texts;
  }
}
