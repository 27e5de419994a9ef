package io.plateflow.schemas.rules;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** What makes a rule look. */
public enum RuleTrigger {
  /** A vehicle passed a camera. */
  PASS(
      Set.of(
          "lists",
          "not_on_lists",
          "pattern",
          "vehicle_classes",
          "plate_colors",
          "plate_types",
          "cameras",
          "sites",
          "gates",
          "directions",
          "hours",
          "times")),
  /** A vehicle is on site for too long. */
  OVERSTAY(Set.of("pattern", "vehicle_classes", "cameras", "sites", "longer_than")),
  /** A site is full. */
  OCCUPANCY(Set.of("sites", "hours", "fill")),
  /** No frames come from a camera. */
  CAMERA_DOWN(Set.of("cameras", "longer_than")),
  /** The disk of the evidence store is getting full. */
  DISK_LOW(Set.of("longer_than"));

  private final Set<String> conditions;

  RuleTrigger(Set<String> conditions) {
    this.conditions = conditions;
  }

  /** As written in events and tables: {@code pass}, {@code camera_down}, ... */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a rule of this trigger may have the condition. */
  boolean allows(String condition) {
    return conditions.contains(condition);
  }

  /**
   * @throws IllegalArgumentException where there is none of this label
   */
  public static RuleTrigger of(String label) {
    for (RuleTrigger trigger : values()) {
      if (trigger.label().equals(label)) {
        return trigger;
      }
    }
    throw new IllegalArgumentException(
        "trigger: found '%s', expected one of %s"
            .formatted(label, Arrays.stream(values()).map(RuleTrigger::label).toList()));
  }
}
