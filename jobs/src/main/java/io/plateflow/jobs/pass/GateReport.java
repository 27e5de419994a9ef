package io.plateflow.jobs.pass;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Passes of one key that parking is told of at once: one that just happened, or all that a
 * correction of an old one concerns. Those together: half of them would make visits that never
 * were.
 *
 * @param passes of a correction the passes that it changes, and all others of the key that are
 *     known, with revision {@link GatePass#LOOKED_UP}
 * @param changedFrom the earliest time at which the correction makes a difference: that of the
 *     corrected passes, and of the entries that a join is about or was about; visits that were over
 *     before are left alone. Null for a pass that just happened
 */
public record GateReport(List<GatePass> passes, @Nullable Instant changedFrom) {

  public GateReport {
    passes = List.copyOf(passes);
    if (passes.stream().map(GatePass::key).distinct().count() != 1) {
      throw new IllegalArgumentException(
          "Gate report: found keys %s, expected passes of one key"
              .formatted(passes.stream().map(GatePass::key).distinct().toList()));
    }
  }

  public static GateReport of(GatePass pass) {
    return new GateReport(List.of(pass), null);
  }

  /**
   * What parking is to be told of a correction: a report for each key that it touches.
   *
   * @param told passes as they are now, and retracted where they counted before
   * @param entries ids of the entries that joins are or were about: a joined visit waits from its
   *     entry on
   * @param others all other known passes of those keys, and those entries
   */
  public static List<GateReport> reports(
      Collection<GatePass> told, Collection<String> entries, Collection<GatePass> others) {
    Map<String, List<GatePass>> byKey = new LinkedHashMap<>();
    told.forEach(pass -> byKey.computeIfAbsent(pass.key(), key -> new ArrayList<>()).add(pass));
    Instant from = null;
    for (GatePass pass : told) {
      from = from == null || pass.at().isBefore(from) ? pass.at() : from;
    }
    for (GatePass other : others) {
      if (from != null && entries.contains(other.passId()) && other.at().isBefore(from)) {
        from = other.at();
      }
      List<GatePass> ofItsKey = byKey.get(other.key());
      if (ofItsKey != null && ofItsKey.stream().noneMatch(p -> p.passId().equals(other.passId()))) {
        ofItsKey.add(other.withRevision(GatePass.LOOKED_UP));
      }
    }
    Instant changedFrom = from;
    return byKey.values().stream().map(passes -> new GateReport(passes, changedFrom)).toList();
  }

  public String key() {
    return passes.get(0).key();
  }
}
