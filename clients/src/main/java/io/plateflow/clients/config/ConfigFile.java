package io.plateflow.clients.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One YAML file of settings. A value that cannot be used is noted and its default taken, so that
 * {@link #finish()} can name every problem at once; a key that no record has is a problem too.
 * {@code ${NAME}} in a value is filled from the environment.
 */
public final class ConfigFile {

  private static final YAMLMapper YAML =
      YAMLMapper.builder(
              YAMLFactory.builder()
                  // Otherwise the country code `no` and the name `on` become booleans.
                  .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
                  .build())
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final String source;
  private final JsonNode root;
  private final Function<String, @Nullable String> environment;
  private final List<String> problems = new ArrayList<>();

  private ConfigFile(
      String source, @Nullable JsonNode root, Function<String, @Nullable String> environment) {
    this.source = source;
    this.environment = environment;
    if (root != null && root.isObject()) {
      this.root = root;
      return;
    }
    if (root != null && !root.isNull() && !root.isMissingNode()) {
      problems.add("found %s, expected keys with values".formatted(ConfigBinder.describe(root)));
    }
    this.root = YAML.createObjectNode();
  }

  /** Reads a file, with the environment of this process. */
  public static ConfigFile read(Path file) {
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
  public static ConfigFile parse(
      String yaml, String source, Function<String, @Nullable String> environment) {
    try {
      return new ConfigFile(source, YAML.readTree(yaml), environment);
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
  }

  /** Whether the file names this key of its root with a value. */
  public boolean has(String key) {
    return ConfigBinder.present(root.get(key)) != null;
  }

  /** A variable of the environment that fills the file, or null. */
  public @Nullable String environment(String name) {
    return environment.apply(name);
  }

  /** The same as {@link #bind(Record, Set)} for a file that nobody else reads. */
  public <T extends Record> T bind(T defaults) {
    return bind(defaults, Set.of());
  }

  /**
   * Puts the file's values in place of a record's defaults: each component of the record is a key
   * or, where it is a record itself, a section.
   *
   * @param others keys of the root that belong to other programs, which read the same file
   */
  public <T extends Record> T bind(T defaults, Set<String> others) {
    ConfigBinder binder = new ConfigBinder(environment, problems::add);
    T bound = binder.bind("", root, defaults);
    List<ConfigKeys.Key> keys = ConfigKeys.of(defaults);
    for (ConfigBinder.UnknownKey unknown : binder.unknown()) {
      if (!unknown.section().isEmpty() || !others.contains(unknown.key())) {
        problem(
            ConfigBinder.path(unknown.section(), unknown.key()),
            "unknown key" + meant(unknown, keys).map(", did you mean %s?"::formatted).orElse(""));
      }
    }
    return bound;
  }

  /** The key as it is in the one section that has it, else the nearest in the same section. */
  private static Optional<String> meant(
      ConfigBinder.UnknownKey unknown, List<ConfigKeys.Key> keys) {
    List<String> elsewhere =
        keys.stream()
            .filter(k -> k.key().equals(unknown.key()))
            .map(k -> ConfigBinder.path(k.section(), k.key()))
            .toList();
    return elsewhere.size() == 1
        ? Optional.of(elsewhere.get(0))
        : NearestKey.to(unknown.key(), unknown.known())
            .map(near -> ConfigBinder.path(unknown.section(), near));
  }

  /** Notes a problem that only the caller can see, such as two keys that contradict each other. */
  public void problem(String path, String what) {
    problems.add("%s: %s".formatted(path, what));
  }

  /** Ends the reading: throws where anything was wrong. */
  public void finish() {
    if (!problems.isEmpty()) {
      throw new ConfigException(source, problems);
    }
  }
}
