package io.plateflow.api.access;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a client may do. */
public enum Right {
  /** Send pictures. */
  RECOGNIZE,
  /** See passes, pictures, statistics. */
  READ,
  /** Change passes and lists. */
  WRITE,
  /** Change who may do what. */
  ADMIN;

  /** As tables have it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Right> of(String label) {
    return Arrays.stream(values()).filter(r -> r.label().equals(label)).findFirst();
  }

  /** Of the people with this role; nothing where there is no such role. */
  static Set<Right> ofRole(String role) {
    return switch (role) {
      case "operator" -> EnumSet.of(RECOGNIZE, READ);
      case "admin" -> EnumSet.of(RECOGNIZE, READ, WRITE);
      case "super_admin" -> EnumSet.allOf(Right.class);
      default -> EnumSet.noneOf(Right.class);
    };
  }
}
