package io.plateflow.api.access;

import java.sql.Array;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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

  /** Those of a column of labels. */
  static Set<Right> ofLabels(Array labels) throws SQLException {
    Set<Right> rights = EnumSet.noneOf(Right.class);
    for (Object label : (Object[]) labels.getArray()) {
      of(String.valueOf(label)).ifPresent(rights::add);
    }
    return rights;
  }

  public static Optional<Right> of(String label) {
    return Arrays.stream(values()).filter(r -> r.label().equals(label)).findFirst();
  }

  /** As a list with commas, in the order of their names. */
  static String labels(Set<Right> rights) {
    return rights.stream().map(Right::label).sorted().collect(Collectors.joining(","));
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
