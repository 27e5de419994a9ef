package io.plateflow.clients.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records by reflection. */
final class Records {

  private Records() {}

  static @Nullable Object get(Record record, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Accessors of records do not fail", e);
    }
  }

  static <T extends Record> T create(Class<T> type, List<?> components) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<T> canonical = type.getDeclaredConstructor(types);
      canonical.setAccessible(true);
      return canonical.newInstance(components.toArray());
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(
          "%s refuses what its bounds allow".formatted(type.getSimpleName()), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Every record has a canonical constructor", e);
    }
  }

  static boolean hasDefaults(Class<?> type) {
    return Arrays.stream(type.getDeclaredFields()).anyMatch(f -> f.getName().equals("DEFAULT"));
  }

  /** The constant {@code DEFAULT} of a record. */
  static Record defaults(Class<?> type) {
    try {
      var constant = type.getDeclaredField("DEFAULT");
      constant.setAccessible(true);
      return (Record) constant.get(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("%s has no DEFAULT".formatted(type.getSimpleName()), e);
    }
  }
}
