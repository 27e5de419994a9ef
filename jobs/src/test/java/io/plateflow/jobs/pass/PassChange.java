package io.plateflow.jobs.pass;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * How a correction changes a pass at a gate.
 *
 * @param before null where it did not count for parking: no plate, or no gate
 * @param after with a revision above all that were told of the pass; retracted where it does not
 *     count any more
 */
public record PassChange(GatePass before, GatePass after) {

  /** What parking is told of it. */
  public static List<GateReport> reports(
      Collection<PassChange> changes, Collection<GatePass> others) {
    return GateReport.reports(
        changes.stream().flatMap(PassChange::told).toList(),
        changes.stream()
            .flatMap(change -> Stream.of(change.before, change.after))
            .filter(Objects::nonNull)
            .map(GatePass::joinedEntry)
            .filter(Objects::nonNull)
            .toList(),
        others);
  }

  private Stream<GatePass> told() {
    return before == null || before.key().equals(after.key())
        ? Stream.of(after)
        : Stream.of(before.retracted(after.revision()), after);
  }
}
