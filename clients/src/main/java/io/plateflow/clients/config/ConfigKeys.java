package io.plateflow.clients.config;

import java.lang.reflect.ParameterizedType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every key that a record of settings has in a file. */
public final class ConfigKeys {

  private ConfigKeys() {}

  /**
   * One key.
   *
   * @param section its section's path; empty at the root, and the list's name within a list
   * @param key its name there
   * @param defaultValue as a file would write it; null where nothing is set
   * @param range {@code 0..1}, the words that may be chosen, or null where neither is given
   */
  public record Key(
      String section, String key, @Nullable String defaultValue, @Nullable String range) {}

  /** In the order of the components. */
  public static List<Key> of(Record defaults) {
    List<Key> keys = new ArrayList<>();
    collect("", defaults, keys);
    return keys;
  }

  private static void collect(String section, Record defaults, List<Key> into) {
    for (Setting setting : Setting.of(defaults)) {
      String path = section.isEmpty() ? setting.key() : section + "." + setting.key();
      if (setting.hidden()) {
        continue;
      }
      Optional<Class<?>> listed = listedRecord(setting);
      if (setting.unwrapped()) {
        collect(section, setting.defaults(), into);
      } else if (setting.section()) {
        collect(path, setting.defaults(), into);
      } else if (listed.isPresent()) {
        collect(path, Records.defaults(listed.get()), into);
      } else {
        into.add(new Key(section, setting.key(), written(setting.defaultValue()), range(setting)));
      }
    }
  }

  /** The type of a list's elements, where those are records that have {@code DEFAULT}. */
  static Optional<Class<?>> listedRecord(Setting setting) {
    return setting.type() instanceof ParameterizedType type
            && type.getRawType() == List.class
            && type.getActualTypeArguments()[0] instanceof Class<?> element
            && element.isRecord()
            && Records.hasDefaults(element)
        ? Optional.of(element)
        : Optional.empty();
  }

  private static @Nullable String written(@Nullable Object value) {
    return value == null || value.toString().equals("[]") || value.toString().equals("{}")
        ? null
        : ConfigTypes.written(value);
  }

  private static @Nullable String range(Setting setting) {
    Class<?> type = setting.component().getType();
    if (type.isEnum()) {
      return String.join(", ", ConfigTypes.words(type));
    }
    ConfigBounds.Range range = ConfigBounds.range(setting);
    return range == null ? null : "%s..%s".formatted(range.min(), range.max());
  }
}
