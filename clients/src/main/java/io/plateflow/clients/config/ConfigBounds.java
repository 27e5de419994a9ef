package io.plateflow.clients.config;

import io.plateflow.schemas.config.Consistent;
import io.plateflow.schemas.config.DurationRange;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.MessageInterpolator;
import jakarta.validation.Path;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.metadata.ConstraintDescriptor;
import java.lang.annotation.Annotation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.StreamSupport;
import org.hibernate.validator.HibernateValidator;
import org.jspecify.annotations.Nullable;

/** What the annotations of records of settings allow. */
final class ConfigBounds {

  /** What {@link #violated} says of a value that is required and not there. */
  static final String MISSING = "is missing";

  // The provider is named, since service files are not found in every class loader of Flink's.
  private static final Validator VALIDATOR =
      Validation.byProvider(HibernateValidator.class)
          .providerResolver(() -> List.of(new HibernateValidator()))
          .configure()
          .ignoreXmlConfiguration()
          .messageInterpolator(new AsWritten())
          .buildValidatorFactory()
          .getValidator();

  /**
   * Bounds of a number or a duration, as the annotation has them.
   *
   * @param min null where only the other end is bounded
   * @param max alike
   */
  record Range(@Nullable String min, @Nullable String max) {

    /** For people. */
    String text() {
      if (min == null) {
        return max + " or less";
      }
      return max == null ? min + " or more" : "%s to %s".formatted(min, max);
    }
  }

  /** Takes messages as they are: nothing in them is evaluated. */
  private static final class AsWritten implements MessageInterpolator {

    @Override
    public String interpolate(String template, Context context) {
      return template;
    }

    @Override
    public String interpolate(String template, Context context, Locale locale) {
      return template;
    }
  }

  private ConfigBounds() {}

  /**
   * Checks one component by itself.
   *
   * @return what was expected, {@link #MISSING} where a value is required, or null where the value
   *     is within its bounds
   */
  static @Nullable String violated(Setting setting, @Nullable Object value) {
    Set<? extends ConstraintViolation<?>> found =
        VALIDATOR.validateValue(setting.owner(), setting.name(), value);
    if (found.isEmpty()) {
      return null;
    }
    List<Annotation> broken =
        found.stream()
            .map(ConstraintViolation::getConstraintDescriptor)
            .<Annotation>map(ConstraintDescriptor::getAnnotation)
            .toList();
    if (broken.stream().anyMatch(a -> a instanceof NotNull || a instanceof NotBlank)) {
      return MISSING;
    }
    Range range = range(setting);
    return broken.stream()
        .filter(Pattern.class::isInstance)
        .map(a -> ((Pattern) a).message())
        .findFirst()
        .orElseGet(() -> "expected " + (range == null ? broken.get(0) : range.text()));
  }

  /**
   * Checks whether the components of a record fit together.
   *
   * @param problems takes the path of the component at fault and what is wrong
   */
  static void crossCheck(Record record, BiConsumer<List<String>, String> problems) {
    for (ConstraintViolation<Record> violation : VALIDATOR.validate(record)) {
      if (violation.getConstraintDescriptor().getAnnotation() instanceof Consistent) {
        List<String> path =
            StreamSupport.stream(violation.getPropertyPath().spliterator(), false)
                .map(Path.Node::getName)
                .toList();
        problems.accept(path, violation.getMessage());
      }
    }
  }

  /** The range of a component, or null where it has none. */
  static @Nullable Range range(Setting setting) {
    Map<String, String> ends = new LinkedHashMap<>();
    for (ConstraintDescriptor<?> constraint : constraints(setting)) {
      Annotation a = constraint.getAnnotation();
      if (a instanceof Min min) {
        ends.put("min", Long.toString(min.value()));
      } else if (a instanceof Max max) {
        ends.put("max", Long.toString(max.value()));
      } else if (a instanceof DecimalMin min) {
        ends.put("min", min.value());
      } else if (a instanceof DecimalMax max) {
        ends.put("max", max.value());
      } else if (a instanceof DurationRange range) {
        ends.put("min", range.min());
        ends.put("max", range.max());
      }
    }
    return ends.isEmpty() ? null : new Range(ends.get("min"), ends.get("max"));
  }

  private static Set<ConstraintDescriptor<?>> constraints(Setting setting) {
    var property =
        VALIDATOR.getConstraintsForClass(setting.owner()).getConstraintsForProperty(setting.name());
    return property == null ? Set.of() : property.getConstraintDescriptors();
  }
}
