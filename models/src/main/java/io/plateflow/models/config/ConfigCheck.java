package io.plateflow.models.config;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.lang.annotation.Annotation;
import java.util.stream.Collectors;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;

/** Checks records of settings that were put together from options. */
public final class ConfigCheck {

  private static final Validator VALIDATOR =
      Validation.byDefaultProvider()
          .configure()
          .messageInterpolator(new ParameterMessageInterpolator())
          .buildValidatorFactory()
          .getValidator();

  private ConfigCheck() {}

  /**
   * Returns the record itself.
   *
   * @throws IllegalArgumentException naming everything that is outside of its bounds; texts are not
   *     repeated, since they may hold a password
   */
  public static <T extends Record> T valid(T config) {
    String problems =
        VALIDATOR.validate(config).stream()
            .map(
                v ->
                    "%s: %s%s"
                        .formatted(
                            v.getPropertyPath(),
                            v.getInvalidValue() instanceof Number n ? "found " + n + ", " : "",
                            expected(v)))
            .sorted()
            .collect(Collectors.joining("; "));
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(problems);
    }
    return config;
  }

  /** The library's own words for decimal bounds need a language that is not on board. */
  private static String expected(ConstraintViolation<?> violation) {
    Annotation bound = violation.getConstraintDescriptor().getAnnotation();
    if (bound instanceof DecimalMin min) {
      return "expected %s or more".formatted(min.value());
    }
    if (bound instanceof DecimalMax max) {
      return "expected %s or less".formatted(max.value());
    }
    return violation.getMessage();
  }
}
