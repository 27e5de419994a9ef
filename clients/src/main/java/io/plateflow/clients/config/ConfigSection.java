package io.plateflow.clients.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One mapping of a YAML file, read key by key. A value that cannot be used is noted and its default
 * returned, so that {@link #finish()} can name every problem at once; a key that nobody asked for
 * is a problem too. {@code ${NAME}} in a value is filled from the environment.
 */
public final class ConfigSection {

  private final String source;
  private final String path;
  private final JsonNode node;
  private final UnaryOperator<String> environment;
  private final List<String> problems;
  private final Set<String> known = new LinkedHashSet<>();
  private final Map<String, ConfigSection> sections = new LinkedHashMap<>();

  private ConfigSection(
      String source,
      String path,
      JsonNode node,
      UnaryOperator<String> environment,
      List<String> problems) {
    this.source = source;
    this.path = path;
    this.node = node;
    this.environment = environment;
    this.problems = problems;
  }

  /** Reads a file, with the environment of this process. */
  public static ConfigSection read(Path file) {
    try {
      return parse(Files.readString(file, StandardCharsets.UTF_8), file.toString(), System::getenv);
    } catch (IOException e) {
      throw new ConfigException(
          file.toString(), "cannot be read (%s)".formatted(e.getClass().getSimpleName()), e);
    }
  }

  /**
   * @param source named in messages, such as the file
   * @param environment null for a variable that is not set
   */
  public static ConfigSection parse(String yaml, String source, UnaryOperator<String> environment) {
    YAMLFactory factory =
        YAMLFactory.builder()
            // Otherwise the country code `no` and the name `on` become booleans.
            .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
            .build();
    JsonNode root;
    try {
      root =
          YAMLMapper.builder(factory)
              .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
              .build()
              .readTree(yaml);
    } catch (JsonProcessingException e) {
      // The exception's own text quotes the file, which may hold a password.
      String where =
          e.getLocation() == null
              ? ""
              : " at line %d, column %d"
                  .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
      String what =
          e.getOriginalMessage() != null && e.getOriginalMessage().startsWith("Duplicate")
              ? "a key stands twice"
              : "no valid YAML";
      throw new ConfigException(source, what + where, null);
    }
    List<String> problems = new ArrayList<>();
    if (root == null || root.isNull() || root.isMissingNode()) {
      root = MissingNode.getInstance();
    } else if (!root.isObject()) {
      problems.add("found %s, expected keys with values".formatted(describe(root)));
      root = MissingNode.getInstance();
    }
    return new ConfigSection(source, "", root, environment, problems);
  }

  /** Whether the file names the key with a value. */
  public boolean has(String key) {
    return value(key) != null;
  }

  /** The whole path of a key of this section: {@code pairing.min-overlap}. */
  public String path(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** The path of this section; empty for the root. */
  public String path() {
    return path;
  }

  /** A text that must be given; empty where it is not, which is a problem. */
  public String string(String key) {
    if (!has(key)) {
      known.add(key);
      problem(key, "is missing");
      return "";
    }
    return string(key, "");
  }

  /**
   * @param fallback may be null
   */
  public String string(String key, String fallback) {
    return scalar(key, fallback, "a text", text -> text);
  }

  /** As written, with its {@code ${NAME}} unfilled: for secrets that are only filled where used. */
  public String unfilled(String key, String fallback) {
    return tree(
        key,
        fallback,
        value -> {
          if (!value.isValueNode()) {
            throw new IllegalArgumentException(
                "found %s, expected a text".formatted(describe(value)));
          }
          return value.asText().trim();
        });
  }

  public int integer(String key, int fallback, int min, int max) {
    return (int) longInteger(key, fallback, min, max);
  }

  public long longInteger(String key, long fallback, long min, long max) {
    return inRange(
        key,
        scalar(key, fallback, "a whole number", Long::valueOf),
        fallback,
        v -> v >= min && v <= max,
        min,
        max);
  }

  public double decimal(String key, double fallback, double min, double max) {
    return inRange(
        key,
        scalar(key, fallback, "a number", Double::valueOf),
        fallback,
        v -> v >= min && v <= max,
        min,
        max);
  }

  public Duration duration(String key, Duration fallback, Duration min, Duration max) {
    Duration read = parsed(key, fallback, DurationText::parse);
    if (read != null && has(key) && (read.compareTo(min) < 0 || read.compareTo(max) > 0)) {
      problem(
          key,
          "found %s, expected %s to %s"
              .formatted(
                  DurationText.format(read), DurationText.format(min), DurationText.format(max)));
      return fallback;
    }
    return read;
  }

  public boolean bool(String key, boolean fallback) {
    return scalar(
        key,
        fallback,
        "true or false",
        text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "true", "yes", "on" -> true;
              case "false", "no", "off" -> false;
              default -> throw new NumberFormatException();
            });
  }

  /** A constant of an enum, written in lower case with dashes: {@code AT_LEAST_ONCE}. */
  public <E extends Enum<E>> E oneOf(String key, Class<E> type, E fallback) {
    String expected =
        Arrays.stream(type.getEnumConstants())
            .map(c -> c.name().toLowerCase(Locale.ROOT).replace('_', '-'))
            .collect(Collectors.joining(", ", "one of ", ""));
    return scalar(
        key,
        fallback,
        expected,
        text -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_')));
  }

  /**
   * A text that something else understands.
   *
   * @param parser throws an {@link IllegalArgumentException} that says what was found and expected
   */
  public <T> T parsed(String key, T fallback, Function<String, T> parser) {
    String text = string(key, null);
    if (text == null) {
      return fallback;
    }
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      problem(key, e.getMessage());
      return fallback;
    }
  }

  /**
   * A value of any shape, such as a list of lists.
   *
   * @param parser throws an {@link IllegalArgumentException} that says what was found and expected
   */
  public <T> T tree(String key, T fallback, Function<JsonNode, T> parser) {
    known.add(key);
    JsonNode value = value(key);
    if (value == null) {
      return fallback;
    }
    try {
      return parser.apply(value);
    } catch (IllegalArgumentException e) {
      problem(key, e.getMessage());
      return fallback;
    }
  }

  /** A list of texts; empty where the key is missing. */
  public List<String> list(String key) {
    return list(key, List.of());
  }

  public List<String> list(String key, List<String> fallback) {
    List<String> read =
        elements(
            key,
            "a list of texts",
            (element, at) ->
                element.isValueNode() && !element.isNull() ? resolve(at, element) : null);
    return has(key) ? read : fallback;
  }

  /** A list of mappings; empty where the key is missing. */
  public List<ConfigSection> sections(String key) {
    return elements(
        key,
        "a list of mappings",
        (element, at) -> element.isObject() ? subsection(at, element) : null);
  }

  /** A mapping; one without keys where it is missing, so that its defaults apply. */
  public ConfigSection section(String key) {
    known.add(key);
    ConfigSection open = sections.get(key);
    if (open != null) {
      return open;
    }
    JsonNode value = value(key);
    if (value != null && !value.isObject()) {
      problem(key, "found %s, expected keys with values".formatted(describe(value)));
      value = null;
    }
    return subsection(key, value == null ? MissingNode.getInstance() : value);
  }

  /** The names of this section, for mappings whose keys are free; they count as known. */
  public List<String> keys() {
    List<String> keys = new ArrayList<>();
    node.fieldNames().forEachRemaining(keys::add);
    known.addAll(keys);
    return keys;
  }

  /** Notes a problem that only the caller can see, such as two keys that contradict each other. */
  public void problem(String key, String what) {
    problems.add("%s: %s".formatted(path(key), what));
  }

  /** Ends the reading: throws where anything was wrong, in this section or another of the file. */
  public void finish() {
    List<String> all = new ArrayList<>(problems);
    addUnknownKeys(all);
    if (!all.isEmpty()) {
      throw new ConfigException(source, all);
    }
  }

  private void addUnknownKeys(List<String> into) {
    node.fieldNames()
        .forEachRemaining(
            key -> {
              if (!known.contains(key)) {
                into.add(
                    path(key)
                        + ": unknown key"
                        + NearestKey.to(key, known)
                            .map(near -> ", did you mean %s?".formatted(path(near)))
                            .orElse(""));
              }
            });
    sections.values().forEach(s -> s.addUnknownKeys(into));
  }

  private ConfigSection subsection(String at, JsonNode value) {
    ConfigSection section = new ConfigSection(source, path(at), value, environment, problems);
    sections.put(at, section);
    return section;
  }

  private <T> List<T> elements(
      String key, String expected, BiFunction<JsonNode, String, T> reader) {
    known.add(key);
    JsonNode value = value(key);
    if (value == null) {
      return List.of();
    }
    if (!value.isArray()) {
      problem(key, "found %s, expected %s".formatted(describe(value), expected));
      return List.of();
    }
    List<T> out = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      String at = "%s[%d]".formatted(key, i);
      T read = reader.apply(value.get(i), at);
      if (read == null) {
        problem(at, "found %s, expected %s".formatted(describe(value.get(i)), expected));
      } else {
        out.add(read);
      }
    }
    return out;
  }

  private <T> T scalar(String key, T fallback, String expected, Function<String, T> parser) {
    known.add(key);
    JsonNode value = value(key);
    if (value == null) {
      return fallback;
    }
    if (!value.isValueNode()) {
      problem(key, "found %s, expected %s".formatted(describe(value), expected));
      return fallback;
    }
    String text = resolve(key, value);
    if (text == null) {
      return fallback;
    }
    try {
      return parser.apply(text.trim());
    } catch (IllegalArgumentException e) {
      problem(key, "found %s, expected %s".formatted(describe(value), expected));
      return fallback;
    }
  }

  private String resolve(String key, JsonNode value) {
    try {
      return EnvironmentPlaceholders.resolve(value.asText(), environment);
    } catch (IllegalArgumentException e) {
      problem(key, e.getMessage());
      return null;
    }
  }

  private <T> T inRange(
      String key, T read, T fallback, Function<T, Boolean> within, Object min, Object max) {
    // A default may lie outside on purpose, such as -1 for "none".
    if (!has(key) || read.equals(fallback) || within.apply(read)) {
      return read;
    }
    problem(key, "found %s, expected %s to %s".formatted(read, min, max));
    return fallback;
  }

  private JsonNode value(String key) {
    JsonNode value = node.get(key);
    return value == null || value.isNull() || value.isMissingNode() ? null : value;
  }

  private static String describe(JsonNode value) {
    if (value.isArray()) {
      return "a list";
    }
    if (value.isObject()) {
      return "a mapping";
    }
    return value instanceof TextNode ? "'%s'".formatted(value.asText()) : value.asText();
  }

  @Override
  public String toString() {
    return Stream.of(source, path).filter(s -> !s.isEmpty()).collect(Collectors.joining(": "));
  }
}
