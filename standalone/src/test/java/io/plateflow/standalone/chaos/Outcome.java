package io.plateflow.standalone.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run left behind.
 *
 * @param parts by table or topic, the rows by what they are; without ids that only say in which
 *     order rows were written, and without times of the clock on the wall
 * @param duplicates by topic, how many deliveries repeated an earlier one
 */
record Outcome(
    SortedMap<String, SortedMap<String, JsonNode>> parts, SortedMap<String, Integer> duplicates) {

  Outcome() {
    this(new TreeMap<>(), new TreeMap<>());
  }

  void put(String part, String key, JsonNode row) {
    parts.computeIfAbsent(part, p -> new TreeMap<>()).put(key, row);
  }

  /** Without the rows of a camera whose passes no two runs can have in common. */
  Outcome without(String camera) {
    SortedMap<String, SortedMap<String, JsonNode>> kept = new TreeMap<>();
    for (Map.Entry<String, SortedMap<String, JsonNode>> part : parts.entrySet()) {
      SortedMap<String, JsonNode> rows = new TreeMap<>(part.getValue());
      rows.keySet().removeIf(key -> key.startsWith(camera));
      kept.put(part.getKey(), rows);
    }
    return new Outcome(kept, duplicates);
  }
}
