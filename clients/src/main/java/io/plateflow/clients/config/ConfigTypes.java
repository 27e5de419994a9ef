package io.plateflow.clients.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleDeserializers;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.plateflow.schemas.config.DurationText;
import io.plateflow.schemas.config.SpaceAmount;
import io.plateflow.schemas.geometry.Area;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The kinds of values that a file may hold, and how they are written. */
final class ConfigTypes {

  static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .addModule(module())
          .build();

  private ConfigTypes() {}

  private static SimpleModule module() {
    SimpleModule module = new SimpleModule("plateflow-config");
    // First, as what is added below goes into the object set here.
    module.setDeserializers(new EnumWords());
    module.addDeserializer(Boolean.class, new FromNode<>(Boolean.class, ConfigTypes::bool));
    module.addDeserializer(boolean.class, new FromNode<>(boolean.class, ConfigTypes::bool));
    module.addDeserializer(
        Duration.class, new FromNode<>(Duration.class, n -> DurationText.parse(n.asText())));
    module.addDeserializer(
        SpaceAmount.class, new FromNode<>(SpaceAmount.class, n -> SpaceAmount.parse(n.asText())));
    module.addDeserializer(ZoneId.class, new FromNode<>(ZoneId.class, ConfigTypes::zone));
    module.addDeserializer(Instant.class, new FromNode<>(Instant.class, ConfigTypes::instant));
    module.addDeserializer(Area.class, new FromNode<>(Area.class, ConfigTypes::area));
    return module;
  }

  /** What may stand where this type is expected. */
  static String expected(Class<?> type) {
    if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
      return "a whole number";
    }
    if (type == double.class || type == Double.class) {
      return "a number";
    }
    return type.isEnum() ? "one of " + String.join(", ", words(type)) : "a text";
  }

  /**
   * The constants of an enum as a file names them: {@code AT_LEAST_ONCE} is {@code at-least-once},
   * unless it writes itself otherwise.
   */
  static List<String> words(Class<?> type) {
    return Arrays.stream(type.getEnumConstants()).map(c -> word((Enum<?>) c)).toList();
  }

  /** A value as a file writes it. */
  static String written(Object value) {
    if (value instanceof Duration duration) {
      return DurationText.format(duration);
    }
    if (value instanceof Enum<?> constant) {
      return word(constant);
    }
    if (value.equals(ZoneOffset.UTC)) {
      return "UTC";
    }
    String text = value.toString();
    return value instanceof Double ? text.replaceFirst("\\.0$", "") : text;
  }

  static String word(Enum<?> constant) {
    return constant.toString().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static boolean bool(JsonNode node) {
    return switch (node.asText().toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on" -> true;
      case "false", "no", "off" -> false;
      default -> throw unexpected(node, "true or false");
    };
  }

  private static ZoneId zone(JsonNode node) {
    try {
      return ZoneId.of(node.asText());
    } catch (DateTimeException e) {
      throw unexpected(node, "a timezone such as Asia/Jakarta");
    }
  }

  private static Instant instant(JsonNode node) {
    try {
      return OffsetDateTime.parse(node.asText()).toInstant();
    } catch (DateTimeException e) {
      throw unexpected(node, "a time such as 2026-03-01T08:00:00+07:00");
    }
  }

  private static Area area(JsonNode node) {
    List<Area.Point> points = new ArrayList<>();
    for (JsonNode corner : elements(node)) {
      List<JsonNode> xy = elements(corner);
      if (xy.size() != 2 || !xy.get(0).isNumber() || !xy.get(1).isNumber()) {
        throw notAnArea("corner " + corner);
      }
      points.add(new Area.Point(xy.get(0).asDouble(), xy.get(1).asDouble()));
    }
    return new Area(points);
  }

  private static List<JsonNode> elements(JsonNode node) {
    if (!node.isArray()) {
      throw notAnArea(node.toString());
    }
    List<JsonNode> elements = new ArrayList<>();
    node.elements().forEachRemaining(elements::add);
    return elements;
  }

  private static IllegalArgumentException notAnArea(String found) {
    return new IllegalArgumentException(
        "found %s, expected an area: a list of [x, y] corners in 0..1".formatted(found));
  }

  private static IllegalArgumentException unexpected(JsonNode node, String expected) {
    return new IllegalArgumentException(
        "found '%s', expected %s".formatted(node.asText(), expected));
  }

  /** Reads one kind of value. */
  private interface Reader<T> {

    /**
     * @throws IllegalArgumentException saying what was found and expected
     */
    T read(JsonNode node);
  }

  private static final class FromNode<T> extends StdDeserializer<T> {

    private static final long serialVersionUID = 1L;
    private final transient Reader<T> reader;

    FromNode(Class<?> type, Reader<T> reader) {
      super(type);
      this.reader = reader;
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      try {
        return reader.read(parser.readValueAsTree());
      } catch (IllegalArgumentException e) {
        throw JsonMappingException.from(parser, e.getMessage(), e);
      }
    }
  }

  private static final class EnumWords extends SimpleDeserializers {

    private static final long serialVersionUID = 1L;

    @Override
    public JsonDeserializer<?> findEnumDeserializer(
        Class<?> type, DeserializationConfig config, BeanDescription description) {
      return new FromNode<>(type, node -> constant(type, node));
    }

    private static Object constant(Class<?> type, JsonNode node) {
      String typed = node.asText().toLowerCase(Locale.ROOT).replace('_', '-');
      return Arrays.stream(type.getEnumConstants())
          .filter(c -> word((Enum<?>) c).equals(typed))
          .findFirst()
          .orElseThrow(() -> unexpected(node, expected(type)));
    }
  }
}
