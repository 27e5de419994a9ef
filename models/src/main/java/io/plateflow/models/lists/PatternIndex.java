package io.plateflow.models.lists;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the patterns that match a plate without trying all: a pattern that names three or more
 * characters in a row is kept under the first three of its longest run, and only plates that have
 * those try it. The others are tried with every plate.
 */
final class PatternIndex {

  private static final int GRAM = 3;

  private final Map<String, Set<IndexedEntry>> byGram = new HashMap<>();
  private final Set<IndexedEntry> others = new LinkedHashSet<>();

  void add(IndexedEntry entry) {
    String gram = gram(entry);
    if (gram.isEmpty()) {
      others.add(entry);
    } else {
      byGram.computeIfAbsent(gram, g -> new LinkedHashSet<>()).add(entry);
    }
  }

  void remove(IndexedEntry entry) {
    String gram = gram(entry);
    if (gram.isEmpty()) {
      others.remove(entry);
    } else {
      byGram.computeIfPresent(
          gram,
          (g, entries) -> {
            entries.remove(entry);
            return entries.isEmpty() ? null : entries;
          });
    }
  }

  List<IndexedEntry> matches(String plate) {
    List<IndexedEntry> found = new ArrayList<>();
    collect(others, plate, found);
    Set<String> tried = new HashSet<>();
    for (int i = 0; i + GRAM <= plate.length(); i++) {
      String gram = plate.substring(i, i + GRAM);
      Set<IndexedEntry> entries = byGram.get(gram);
      if (entries != null && tried.add(gram)) {
        collect(entries, plate, found);
      }
    }
    return found;
  }

  private static void collect(Set<IndexedEntry> tried, String plate, List<IndexedEntry> found) {
    for (IndexedEntry entry : tried) {
      if (entry.pattern().matches(plate)) {
        found.add(entry);
      }
    }
  }

  private static String gram(IndexedEntry entry) {
    String run = entry.pattern().longestRun();
    return run.length() < GRAM ? "" : run.substring(0, GRAM);
  }
}
