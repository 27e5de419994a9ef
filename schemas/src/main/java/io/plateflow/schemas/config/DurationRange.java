package io.plateflow.schemas.config;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The duration lies between two others, both included and written as configuration writes them. */
@Documented
@Constraint(validatedBy = DurationRange.Within.class)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER})
@Retention(RetentionPolicy.RUNTIME)
public @interface DurationRange {

  String min() default "0s";

  String max();

  String message() default "must be between {min} and {max}";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};

  /** Null is in every range. */
  final class Within implements ConstraintValidator<DurationRange, Duration> {

    // Until the annotation's bounds are known.
    private Duration min = Duration.ZERO;
    private Duration max = ChronoUnit.FOREVER.getDuration();

    @Override
    public void initialize(DurationRange range) {
      min = DurationText.parse(range.min());
      max = DurationText.parse(range.max());
    }

    @Override
    public boolean isValid(@Nullable Duration value, ConstraintValidatorContext context) {
      return value == null || value.compareTo(min) >= 0 && value.compareTo(max) <= 0;
    }
  }
}
