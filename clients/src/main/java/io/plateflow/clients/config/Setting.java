package io.plateflow.clients.config;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.plateflow.schemas.config.Secret;
import java.lang.annotation.Annotation;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One component of a record of settings.
 *
 * @param defaultValue what it is where the file says nothing
 */
record Setting(RecordComponent component, @Nullable Object defaultValue) {

  /** The components of a record that holds the defaults, in order. */
  static List<Setting> of(Record defaults) {
    return Arrays.stream(defaults.getClass().getRecordComponents())
        .map(c -> new Setting(c, Records.get(defaults, c)))
        .toList();
  }

  /**
   * Its name in a file: {@code minScore} is {@code min-score}, unless it is annotated otherwise.
   */
  String key() {
    JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
    return named != null
        ? named.value()
        : component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  /** Whether no file can set it. */
  boolean hidden() {
    return has(JsonIgnore.class);
  }

  /** Whether its own components stand beside it instead of below its key. */
  boolean unwrapped() {
    return has(JsonUnwrapped.class);
  }

  /** Whether its key has keys of its own below it. */
  boolean section() {
    return defaultValue instanceof Record;
  }

  /** The defaults of its own components, for one that is a record. */
  Record defaults() {
    return (Record) Objects.requireNonNull(defaultValue, name());
  }

  boolean secret() {
    return has(Secret.class);
  }

  boolean unfilled() {
    return has(Unfilled.class);
  }

  Class<?> owner() {
    return component.getDeclaringRecord();
  }

  String name() {
    return component.getName();
  }

  Type type() {
    return component.getGenericType();
  }

  private boolean has(Class<? extends Annotation> annotation) {
    return component.getAccessor().isAnnotationPresent(annotation);
  }
}
