package io.plateflow.jobs.pass;

import java.time.Instant;
import java.util.List;
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

  public String key() {
    return passes.get(0).key();
  }
}
