package io.plateflow.models.cli;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
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
                            v.getMessage()))
            .sorted()
            .collect(Collectors.joining("; "));
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(problems);
    }
    return config;
  }
}
