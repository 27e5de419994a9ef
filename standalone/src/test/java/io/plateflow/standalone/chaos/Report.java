package io.plateflow.standalone.chaos;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/**
 * What came out.
 *
 * @param planned kills that were to be made
 * @param duplicates by topic, deliveries that repeat an earlier one
 * @param problems what went wrong besides differences
 */
record Report(
    int planned,
    List<Kill> kills,
    Comparison comparison,
    SortedMap<String, Integer> duplicates,
    List<String> problems) {

  private static final int SHOWN = 200;

  Report {
    problems = new ArrayList<>(problems);
    if (kills.size() < planned) {
      problems.add(
          "The job had ended before all kills were made: %d of %d; play a longer film"
              .formatted(kills.size(), planned));
    }
    if (comparison.compared().getOrDefault("detection_sessions", 0) == 0) {
      problems.add("The undisturbed run has no pass: nothing was compared");
    }
  }

  /** Whether everything that was asked for was done, and no row differs. */
  boolean isClean() {
    return problems.isEmpty() && comparison.differences().isEmpty();
  }

  static String line(Kill kill) {
    return String.format(
        Locale.ROOT,
        "  %6.1f s  %-9s %-17s %-14s running again after %5.1f s",
        kill.after().toMillis() / 1000.0,
        kill.target().deed(),
        kill.target().label(),
        kill.victim().equals(kill.target().label()) ? "" : kill.victim(),
        kill.recovery().toMillis() / 1000.0);
  }

  void print(PrintStream out) {
    out.println();
    out.printf("Kills: %d of %d%n", kills.size(), planned);
    for (Target target : Target.values()) {
      List<Kill> these = kills.stream().filter(kill -> kill.target() == target).toList();
      if (!these.isEmpty()) {
        out.printf(
            Locale.ROOT,
            "  %-17s %2d   running again after %.1f to %.1f s%n",
            target.label(),
            these.size(),
            these.stream().mapToLong(k -> k.recovery().toMillis()).min().orElse(0) / 1000.0,
            these.stream().mapToLong(k -> k.recovery().toMillis()).max().orElse(0) / 1000.0);
      }
    }
    out.println("Rows compared with the undisturbed run:");
    int rows = 0;
    for (Map.Entry<String, Integer> part : comparison.compared().entrySet()) {
      rows += part.getValue();
      Integer repeated = duplicates.get(part.getKey());
      out.printf(
          "  %-26s %6d%s%n",
          part.getKey(),
          part.getValue(),
          repeated == null ? "" : "   delivered again: " + repeated);
    }
    List<String> differences = comparison.differences();
    differences.stream().limit(SHOWN).forEach(line -> out.println("DIFFERENCE  " + line));
    if (differences.size() > SHOWN) {
      out.printf("... and %d more%n", differences.size() - SHOWN);
    }
    problems.forEach(line -> out.println("PROBLEM  " + line));
    out.printf("%d rows compared, %d differences%n", rows, differences.size());
  }
}
