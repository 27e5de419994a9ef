package io.plateflow.jobs.pass;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a correction changes a pass at a gate.
 *
 * @param before null where it did not count for parking: no plate, or no gate
 * @param after with a revision above all that were told of the pass; retracted where it does not
 *     count any more
 */
public record PassChange(@Nullable GatePass before, GatePass after) {

  /**
   * What parking is to be told of a correction: a report for each key that the passes had or have.
   *
   * @param changes of one correction: those of exits that are joined to a changed entry too
   * @param others all other known passes of those keys, and with every joined exit its entry
   */
  public static List<GateReport> reports(
      Collection<PassChange> changes, Collection<GatePass> others) {
    Map<String, List<GatePass>> told = new LinkedHashMap<>();
    Map<String, Instant> from = new LinkedHashMap<>();
    for (PassChange change : changes) {
      for (GatePass pass : change.told()) {
        told.computeIfAbsent(pass.key(), key -> new ArrayList<>()).add(pass);
        from.merge(pass.key(), change.from(changes, others), PassChange::earlier);
      }
    }
    for (GatePass other : others) {
      List<GatePass> ofItsKey = told.get(other.key());
      if (ofItsKey != null && ofItsKey.stream().noneMatch(p -> p.passId().equals(other.passId()))) {
        ofItsKey.add(other.withRevision(GatePass.LOOKED_UP));
      }
    }
    return told.entrySet().stream()
        .map(key -> new GateReport(key.getValue(), from.get(key.getKey())))
        .toList();
  }

  private List<GatePass> told() {
    return before == null || before.key().equals(after.key())
        ? List.of(after)
        : List.of(before.retracted(after.revision()), after);
  }

  /** The earliest time at which it makes a difference: a joined visit waits from its entry on. */
  private Instant from(Collection<PassChange> changes, Collection<GatePass> others) {
    Instant from = before == null ? after.at() : earlier(before.at(), after.at());
    for (GatePass entry :
        Stream.concat(changes.stream().map(PassChange::after), others.stream()).toList()) {
      if (entry.passId().equals(after.joinedEntry())
          || before != null && entry.passId().equals(before.joinedEntry())) {
        from = earlier(from, entry.at());
      }
    }
    return from;
  }

  private static Instant earlier(Instant a, Instant b) {
    return b.isBefore(a) ? b : a;
  }
}
