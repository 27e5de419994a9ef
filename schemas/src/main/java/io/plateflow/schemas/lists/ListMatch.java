package io.plateflow.schemas.lists;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A plate met an entry of a list.
 *
 * @param color of the list, {@code #rrggbb}, or null
 * @param pattern the plate or the pattern of the entry, normalised
 * @param distance confusion-weighted edit distance; 0 is exact
 * @param tolerance the largest distance that would have counted
 * @param minReads agreeing reads that open a gate; null takes that of the job
 * @param minScore lowest score of the reads that open a gate; null takes that of the job
 */
public record ListMatch(
    String listId,
    String listName,
    ListMeaning meaning,
    @Nullable String color,
    String entryId,
    String pattern,
    Kind kind,
    double distance,
    double tolerance,
    @Nullable Integer minReads,
    @Nullable Double minScore,
    @Nullable String holder,
    @Nullable String note) {

  /** How a plate met an entry. */
  public enum Kind {
    /** It is the very plate. */
    EXACT,
    /** It is one of a pattern's plates. */
    PATTERN,
    /** It differs by look-alikes, within the tolerance. */
    FUZZY;

    /** As written in events and tables: {@code exact}, {@code pattern}, {@code fuzzy}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Of a plate of the simple access list: its entry is the plate, and says no more than that. */
  public static ListMatch of(
      AccessList list,
      String entryId,
      String pattern,
      Kind kind,
      double distance,
      double tolerance) {
    return of(list, entryId, pattern, kind, distance, tolerance, null, null);
  }

  /** What this list and this entry of it say. */
  public static ListMatch of(
      AccessList list, ListEntry entry, Kind kind, double distance, double tolerance) {
    return of(
        list,
        entry.entryId(),
        entry.pattern(),
        kind,
        distance,
        tolerance,
        entry.holder(),
        entry.note());
  }

  private static ListMatch of(
      AccessList list,
      String entryId,
      String pattern,
      Kind kind,
      double distance,
      double tolerance,
      @Nullable String holder,
      @Nullable String note) {
    return new ListMatch(
        list.listId(),
        list.name(),
        list.meaning(),
        list.color(),
        entryId,
        pattern,
        kind,
        distance,
        tolerance,
        list.minReads(),
        list.minScore(),
        holder,
        note);
  }
}
