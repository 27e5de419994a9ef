package io.plateflow.clients.search;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * A filter and a cursor as SQL over {@code search_texts s}. {@link #range} is what one index can
 * follow in the order of time, {@link #rest} what is looked at row by row.
 */
final class SearchConditions {

  private final List<String> range = new ArrayList<>();
  private final List<String> rest = new ArrayList<>();
  private final Set<String> columns =
      new TreeSet<>(List.of("session_id", "timestamp", "text", "origin"));
  private final Map<String, Object> values = new LinkedHashMap<>();
  private final boolean plateOnly;

  /**
   * @param locations ids of the filter's location, as it may be entry and exit; null where it has
   *     none
   * @param before only passes that come after it in the order of pages; null for all
   */
  SearchConditions(
      SearchFilter filter, @Nullable List<Integer> locations, @Nullable SearchCursor before) {
    add(range, "s.timestamp >= :from", "from", filter.from());
    add(range, "s.timestamp < :to", "to", filter.to());
    if (before != null) {
      values.put("seen", before.timestamp());
      values.put("seenId", before.sessionId());
      range.add("(s.timestamp, s.session_id) < (:seen, :seenId)");
    }
    boolean oneLocation = locations != null && locations.size() == 1;
    boolean listed = filter.plateStatus() != null && !"unclassified".equals(filter.plateStatus());
    add(range, "s.camera_id = :camera", "camera", filter.cameraId());
    if (locations != null) {
      values.put("locations", locations.toArray(Integer[]::new));
      // An index is in the order of time for one location only.
      columns.add("location_id");
      (oneLocation && filter.cameraId() == null ? range : rest)
          .add(
              oneLocation ? "s.location_id = (:locations)[1]" : "s.location_id = ANY (:locations)");
    }
    boolean driven = filter.cameraId() != null || oneLocation;
    add(
        listed && !driven ? range : rest,
        "s.plate_status = :status" + (listed ? " AND s.plate_status <> 'unclassified'" : ""),
        "status",
        filter.plateStatus());
    add(rest, "s.site = :site", "site", filter.site());
    add(rest, "s.vehicle_class = :class", "class", filter.vehicleClass());
    add(rest, "s.plate_type = :type", "type", filter.plateType());
    plateOnly = !filter.reads();
    rest.add(origin("s"));
  }

  private void add(List<String> to, String condition, String name, @Nullable Object value) {
    if (value != null) {
      to.add(condition);
      columns.add(condition.substring("s.".length(), condition.indexOf(' ')));
      values.put(name, value);
    }
  }

  /** What a query needs of a row: no more, so that an index suffices. */
  String columns() {
    return columns.stream().map(column -> "s." + column).collect(Collectors.joining(", "));
  }

  String range() {
    return joined(range);
  }

  String rest() {
    return joined(rest);
  }

  /** Which texts of a pass count, of the rows under this name. */
  String origin(String table) {
    return plateOnly ? table + ".origin = 'plate'" : "true";
  }

  String all() {
    return range() + " AND " + rest();
  }

  private static String joined(List<String> conditions) {
    return conditions.isEmpty() ? "true" : String.join(" AND ", conditions);
  }

  <S extends SqlStatement<S>> S bind(S statement) {
    values.forEach(
        (name, value) -> {
          if (value instanceof Instant instant) {
            statement.bind(name, instant);
          } else if (value instanceof Integer[] ids) {
            statement.bindArray(name, Integer.class, (Object[]) ids);
          } else {
            statement.bind(name, value);
          }
        });
    return statement;
  }
}
