package io.plateflow.clients.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts the values of a mapping into a record of settings, in place of its defaults. A value that
 * cannot be used is noted as a problem and its default taken, so that all problems come to light.
 */
final class ConfigBinder {

  private final Function<String, @Nullable String> environment;
  private final Consumer<String> problems;
  private final List<UnknownKey> unknown = new ArrayList<>();

  /**
   * A key that no component has.
   *
   * @param known the keys that stand beside it
   */
  record UnknownKey(String section, String key, Set<String> known) {}

  ConfigBinder(Function<String, @Nullable String> environment, Consumer<String> problems) {
    this.environment = environment;
    this.problems = problems;
  }

  /** What {@link #bind} found and did not know. */
  List<UnknownKey> unknown() {
    return unknown;
  }

  static String path(String section, String key) {
    return section.isEmpty() ? key : section + "." + key;
  }

  static String describe(JsonNode value) {
    if (value.isArray()) {
      return "a list";
    }
    if (value.isObject()) {
      return "a mapping";
    }
    return value.isTextual() ? "'%s'".formatted(value.asText()) : value.asText();
  }

  /**
   * @param section path of the mapping; empty for the root
   */
  <T extends Record> T bind(String section, JsonNode mapping, T defaults) {
    Set<String> known = new LinkedHashSet<>();
    T bound = record(section, mapping, defaults, known);
    mapping
        .fieldNames()
        .forEachRemaining(
            key -> {
              if (!known.contains(key)) {
                unknown.add(new UnknownKey(section, key, known));
              }
            });
    return bound;
  }

  private <T extends Record> T record(
      String section, JsonNode mapping, T defaults, Set<String> known) {
    List<@Nullable Object> values = new ArrayList<>();
    for (Setting setting : Setting.of(defaults)) {
      if (setting.hidden()) {
        values.add(setting.defaultValue());
      } else if (setting.unwrapped()) {
        values.add(record(section, mapping, setting.defaults(), known));
      } else {
        known.add(setting.key());
        JsonNode value = mapping.get(setting.key());
        values.add(component(setting, path(section, setting.key()), present(value)));
      }
    }
    @SuppressWarnings("unchecked")
    Class<T> type = (Class<T>) defaults.getClass();
    T bound = Records.create(type, values);
    ConfigBounds.crossCheck(
        bound, (path, problem) -> note(path(section, key(bound, path)), problem));
    return bound;
  }

  private @Nullable Object component(Setting setting, String at, @Nullable JsonNode value) {
    if (setting.section()) {
      return value == null || !isMapping(at, value)
          ? setting.defaultValue()
          : bind(at, value, setting.defaults());
    }
    Object bound = value == null ? setting.defaultValue() : value(setting, at, value);
    String violated = ConfigBounds.violated(setting, bound);
    if (violated != null) {
      note(
          at,
          value == null || violated.equals(ConfigBounds.MISSING)
              ? violated
              : "found %s, %s".formatted(shown(setting, value), violated));
      return setting.defaultValue();
    }
    return bound;
  }

  private @Nullable Object value(Setting setting, String at, JsonNode value) {
    Optional<Class<?>> listed = ConfigKeys.listedRecord(setting);
    if (listed.isPresent()) {
      Record defaults = Records.defaults(listed.get());
      return elements(
          at,
          value,
          (place, element) -> isMapping(place, element) ? bind(place, element, defaults) : null);
    }
    if (setting.type() instanceof ParameterizedType type) {
      Type[] arguments = type.getActualTypeArguments();
      return type.getRawType() == List.class
          ? elements(at, value, (place, e) -> converted(setting, place, e, arguments[0], null))
          : entries(setting, at, value, arguments[1]);
    }
    return converted(setting, at, value, setting.type(), setting.defaultValue());
  }

  /** Reads one element. */
  private interface ElementReader {

    /**
     * @return null where it cannot be used
     */
    @Nullable Object read(String at, JsonNode element);
  }

  private List<Object> elements(String at, JsonNode value, ElementReader reader) {
    List<Object> elements = new ArrayList<>();
    if (!value.isArray()) {
      note(at, "found %s, expected a list".formatted(describe(value)));
      return elements;
    }
    for (int i = 0; i < value.size(); i++) {
      Object element = reader.read("%s[%d]".formatted(at, i), value.get(i));
      if (element != null) {
        elements.add(element);
      }
    }
    return elements;
  }

  private Map<String, Object> entries(Setting setting, String at, JsonNode value, Type type) {
    Map<String, Object> entries = new LinkedHashMap<>();
    if (isMapping(at, value)) {
      for (Map.Entry<String, JsonNode> entry : value.properties()) {
        Object read = converted(setting, path(at, entry.getKey()), entry.getValue(), type, null);
        if (read != null) {
          entries.put(entry.getKey(), read);
        }
      }
    }
    return entries;
  }

  private @Nullable Object converted(
      Setting setting, String at, JsonNode value, Type type, @Nullable Object instead) {
    JsonNode filled = setting.unfilled() ? value : filled(at, value);
    if (filled == null) {
      return instead;
    }
    try {
      return ConfigTypes.MAPPER.treeToValue(
          filled, ConfigTypes.MAPPER.getTypeFactory().constructType(type));
    } catch (JsonProcessingException e) {
      String what =
          e.getCause() instanceof IllegalArgumentException said ? said.getMessage() : null;
      // What was filled in may be a secret.
      if (what != null && !(setting.secret() && what.contains(filled.asText()))) {
        note(at, filled == value ? what : what.replace(filled.asText(), value.asText()));
      } else {
        ConfigBounds.Range range = value.isIntegralNumber() ? ConfigBounds.range(setting) : null;
        String expected = range == null ? ConfigTypes.expected((Class<?>) type) : range.text();
        note(at, "found %s, expected %s".formatted(shown(setting, value), expected));
      }
      return instead;
    }
  }

  private @Nullable JsonNode filled(String at, JsonNode value) {
    if (!value.isTextual()) {
      return value;
    }
    try {
      String text = EnvironmentPlaceholders.resolve(value.asText(), environment).trim();
      return text.equals(value.asText()) ? value : TextNode.valueOf(text);
    } catch (IllegalArgumentException e) {
      note(at, String.valueOf(e.getMessage()));
      return null;
    }
  }

  private boolean isMapping(String at, JsonNode value) {
    if (!value.isObject()) {
      note(at, "found %s, expected keys with values".formatted(describe(value)));
    }
    return value.isObject();
  }

  private static String shown(Setting setting, JsonNode value) {
    return setting.secret() && value.isValueNode() ? "a value that is not shown" : describe(value);
  }

  /** The value, or null where there is none: {@code key:} with nothing behind it is read as ''. */
  static @Nullable JsonNode present(@Nullable JsonNode value) {
    return value == null || value.isNull() || value.isMissingNode() || isEmptyText(value)
        ? null
        : value;
  }

  private static boolean isEmptyText(JsonNode value) {
    return value.isTextual() && value.asText().isEmpty();
  }

  /** The key of a component inside a record: {@code limits.tokensPerMinute} may be unwrapped. */
  private static String key(Record record, List<String> components) {
    String key = "";
    Record owner = record;
    for (String name : components) {
      Setting setting =
          Setting.of(owner).stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
      if (!setting.unwrapped()) {
        key = path(key, setting.key());
      }
      owner = setting.section() ? setting.defaults() : owner;
    }
    return key;
  }

  private void note(String at, String problem) {
    problems.accept("%s: %s".formatted(at, problem));
  }
}
