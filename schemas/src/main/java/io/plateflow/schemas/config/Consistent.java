package io.plateflow.schemas.config;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.ConstraintValidatorContext.ConstraintViolationBuilder;
import jakarta.validation.ConstraintValidatorContext.ConstraintViolationBuilder.NodeBuilderCustomizableContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.ArrayList;
import java.util.List;

/** The components of the record fit together, as {@link CrossChecked#crossCheck} sees it. */
@Documented
@Constraint(validatedBy = Consistent.Rule.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Consistent {

  String message() default "does not fit together";

  Class<?>[] groups() default {};

  Class<? extends Payload>[] payload() default {};

  /** Reports every problem under the component that it names. */
  final class Rule implements ConstraintValidator<Consistent, CrossChecked> {

    @Override
    public boolean isValid(CrossChecked value, ConstraintValidatorContext context) {
      List<String> found = new ArrayList<>();
      value.crossCheck(
          (component, problem) -> {
            found.add(component);
            report(context.buildConstraintViolationWithTemplate(problem), component);
          });
      context.disableDefaultConstraintViolation();
      return found.isEmpty();
    }

    private static void report(ConstraintViolationBuilder violation, String component) {
      String[] path = component.split("\\.", -1);
      NodeBuilderCustomizableContext node = violation.addPropertyNode(path[0]);
      for (int i = 1; i < path.length; i++) {
        node = node.addPropertyNode(path[i]);
      }
      node.addConstraintViolation();
    }
  }
}
