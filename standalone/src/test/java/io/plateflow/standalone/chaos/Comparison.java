package io.plateflow.standalone.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Two outcomes, row by row.
 *
 * @param compared rows of the undisturbed run, by table or topic
 * @param differences one line for each row that is missing, too much, or differs
 */
record Comparison(SortedMap<String, Integer> compared, List<String> differences) {

  /**
   * @param expected of the undisturbed run
   * @param found of the run that was disturbed
   */
  static Comparison of(Outcome expected, Outcome found) {
    SortedMap<String, Integer> compared = new TreeMap<>();
    List<String> differences = new ArrayList<>();
    SortedSet<String> parts = new TreeSet<>(expected.parts().keySet());
    parts.addAll(found.parts().keySet());
    for (String part : parts) {
      SortedMap<String, JsonNode> before = expected.parts().getOrDefault(part, new TreeMap<>());
      SortedMap<String, JsonNode> after = found.parts().getOrDefault(part, new TreeMap<>());
      compared.put(part, before.size());
      SortedSet<String> keys = new TreeSet<>(before.keySet());
      keys.addAll(after.keySet());
      for (String key : keys) {
        String difference = difference(before.get(key), after.get(key));
        if (difference != null) {
          differences.add("%s  %s: %s".formatted(part, key, difference));
        }
      }
    }
    return new Comparison(compared, differences);
  }

  private static String difference(JsonNode expected, JsonNode found) {
    if (expected == null) {
      return "too much: " + found;
    }
    if (found == null) {
      return "missing: " + expected;
    }
    if (expected.equals(found)) {
      return null;
    }
    Set<String> fields = new TreeSet<>();
    expected.fieldNames().forEachRemaining(fields::add);
    found.fieldNames().forEachRemaining(fields::add);
    List<String> said = new ArrayList<>();
    for (String field : fields) {
      if (!Objects.equals(expected.get(field), found.get(field))) {
        said.add(
            "%s undisturbed %s, disturbed %s"
                .formatted(field, expected.get(field), found.get(field)));
      }
    }
    return String.join("; ", said);
  }
}
