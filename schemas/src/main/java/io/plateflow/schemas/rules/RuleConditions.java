package io.plateflow.schemas.rules;

import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.lists.ListIds;
import io.plateflow.schemas.lists.PlatePattern;
import io.plateflow.schemas.lists.WeeklyHours;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What must all be true. Within one condition one of its values is enough; an empty one is met by
 * everything. Those about a plate are met by plates that were read only.
 *
 * @param lists on one of these lists
 * @param notOnLists on none of these; {@link #ANY_LIST} alone: on no list at all
 * @param pattern a plate or a pattern, normalised; null: any
 * @param vehicleClasses such as {@code truck}
 * @param plateColors of the plate's background
 * @param plateTypes such as {@code government}
 * @param cameras ids
 * @param sites names
 * @param gates {@code entry}, {@code exit} or {@code passage}
 * @param directions {@code towards}, {@code away}, {@code left}, {@code right} or {@code standing}
 * @param hours by the clock of the place, see {@link WeeklyHours}; null: always
 */
@RecordBuilder
public record RuleConditions(
    List<String> lists,
    List<String> notOnLists,
    @Nullable String pattern,
    List<String> vehicleClasses,
    List<String> plateColors,
    List<String> plateTypes,
    List<String> cameras,
    List<String> sites,
    List<String> gates,
    List<String> directions,
    @Nullable String hours)
    implements RuleConditionsBuilder.With {

  /** No condition. */
  public static final RuleConditions NONE =
      new RuleConditions(
          List.of(), List.of(), null, List.of(), List.of(), List.of(), List.of(), List.of(),
          List.of(), List.of(), null);

  /** Stands for every list. */
  public static final String ANY_LIST = "*";

  private static final int MOST_VALUES = 1000;
  private static final int LONGEST_VALUE = 200;
  private static final List<String> GATES =
      Arrays.stream(GateType.values()).map(GateType::label).toList();
  private static final List<String> DIRECTIONS =
      List.of("towards", "away", "left", "right", "standing");

  public RuleConditions {
    lists = values("lists", lists);
    notOnLists = values("not_on_lists", notOnLists);
    vehicleClasses = lowerCase("vehicle_classes", vehicleClasses);
    plateColors = lowerCase("plate_colors", plateColors);
    plateTypes = lowerCase("plate_types", plateTypes);
    cameras = values("cameras", cameras);
    sites = values("sites", sites);
    gates = oneOf("gates", lowerCase("gates", gates), GATES);
    directions = oneOf("directions", lowerCase("directions", directions), DIRECTIONS);
    lists.forEach(id -> ListIds.require("lists", id));
    if (notOnLists.contains(ANY_LIST) && notOnLists.size() > 1) {
      throw new IllegalArgumentException(
          "not_on_lists: found %s, expected '*' alone or ids of lists".formatted(notOnLists));
    }
    if (!notOnLists.equals(List.of(ANY_LIST))) {
      notOnLists.forEach(id -> ListIds.require("not_on_lists", id));
    }
    pattern = pattern == null ? null : PlatePattern.parse(pattern).text();
    if (hours != null) {
      WeeklyHours.parse(hours);
    }
  }

  /** Names of the conditions that are there. */
  Set<String> present() {
    Set<String> names = new LinkedHashSet<>();
    add(names, "lists", !lists.isEmpty());
    add(names, "not_on_lists", !notOnLists.isEmpty());
    add(names, "pattern", pattern != null);
    add(names, "vehicle_classes", !vehicleClasses.isEmpty());
    add(names, "plate_colors", !plateColors.isEmpty());
    add(names, "plate_types", !plateTypes.isEmpty());
    add(names, "cameras", !cameras.isEmpty());
    add(names, "sites", !sites.isEmpty());
    add(names, "gates", !gates.isEmpty());
    add(names, "directions", !directions.isEmpty());
    add(names, "hours", hours != null);
    return names;
  }

  /** Whether it has a pattern that leaves no plate out. */
  boolean anyPlate() {
    return pattern != null && PlatePattern.parse(pattern).matchesAll();
  }

  private static void add(Set<String> names, String name, boolean present) {
    if (present) {
      names.add(name);
    }
  }

  private static List<String> values(String what, List<String> values) {
    if (values.size() > MOST_VALUES) {
      throw new IllegalArgumentException(
          "%s: found %d values, expected at most %d".formatted(what, values.size(), MOST_VALUES));
    }
    for (String value : values) {
      ListIds.requireText(what, value, LONGEST_VALUE);
      if (value.isBlank()) {
        throw new IllegalArgumentException("%s: found an empty value".formatted(what));
      }
    }
    return List.copyOf(values);
  }

  private static List<String> lowerCase(String what, List<String> values) {
    return values(what, values).stream().map(v -> v.toLowerCase(Locale.ROOT)).toList();
  }

  private static List<String> oneOf(String what, List<String> values, List<String> known) {
    for (String value : values) {
      if (!known.contains(value)) {
        throw new IllegalArgumentException(
            "%s: found '%s', expected one of %s".formatted(what, value, known));
      }
    }
    return values;
  }
}
