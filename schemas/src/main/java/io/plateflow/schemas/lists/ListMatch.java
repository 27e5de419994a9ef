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
}
