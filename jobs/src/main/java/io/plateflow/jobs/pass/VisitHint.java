package io.plateflow.jobs.pass;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What people said about the visit of a pass.
 *
 * @param entryPassId of an exit: the entry whose visit it ends, whatever was read; or null
 * @param entryPlate the plate of that entry as it is now; null without one
 * @param notEntries of an exit: entries whose visits it does not end
 * @param closedAt of an entry: when its visit was over, if nobody was seen to leave before; or null
 */
public record VisitHint(
    @Nullable String entryPassId,
    @Nullable String entryPlate,
    List<String> notEntries,
    @Nullable Instant closedAt) {

  public VisitHint {
    if ((entryPassId == null) != (entryPlate == null)) {
      throw new IllegalArgumentException(
          "Hint: found entry %s with plate %s, expected both or neither"
              .formatted(entryPassId, entryPlate));
    }
    notEntries = notEntries == null ? List.of() : List.copyOf(notEntries);
  }

  /** The exit ends the visit of this entry. */
  public static VisitHint joined(String entryPassId, String entryPlate) {
    return new VisitHint(entryPassId, entryPlate, List.of(), null);
  }

  /** The exit does not end the visits of these entries. */
  public static VisitHint split(List<String> notEntries) {
    return new VisitHint(null, null, notEntries, null);
  }

  /** The visit of the entry was over then. */
  public static VisitHint closed(Instant at) {
    return new VisitHint(null, null, List.of(), at);
  }
}
