package io.plateflow.schemas.lists;

import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One version of a named list. An older version never wins over a newer one.
 *
 * @param listId letters, digits, dot, dash and underscore
 * @param name for people
 * @param color {@code #rrggbb}, or null
 * @param tolerance largest confusion-weighted distance of a plate that counts, 0..3; null takes
 *     that of the job
 * @param minReads agreeing reads that open a gate, 1..100; null takes that of the job
 * @param minScore lowest score of the reads that open a gate, 0..1; null takes that of the job
 * @param version grows with every change of this list
 * @param changedBy who changed it, or null
 * @param removed the list is gone
 */
public record AccessList(
    String listId,
    String name,
    ListMeaning meaning,
    @Nullable String color,
    @Nullable Double tolerance,
    @Nullable Integer minReads,
    @Nullable Double minScore,
    long version,
    Instant changedAt,
    @Nullable String changedBy,
    boolean removed) {

  private static final Pattern RGB = Pattern.compile("#[0-9a-fA-F]{6}");

  /** The plates of the simple access list that must not enter. */
  public static final AccessList BLACKLIST =
      builtIn(ListIds.BLACKLIST, "Blacklist", ListMeaning.DENY, "#d92d20");

  /** The plates of the simple access list that may enter. */
  public static final AccessList WHITELIST =
      builtIn(ListIds.WHITELIST, "Whitelist", ListMeaning.ALLOW, "#12805c");

  private static final int LONGEST_NAME = 200;
  private static final double LARGEST_TOLERANCE = 3;
  private static final int MOST_READS = 100;

  public AccessList {
    ListIds.require("list_id", listId);
    if (name.isBlank() || name.length() > LONGEST_NAME) {
      throw new IllegalArgumentException(
          "name: found %d characters, expected 1 to %d"
              .formatted(name.strip().length(), LONGEST_NAME));
    }
    ListIds.requireText("name", name, LONGEST_NAME);
    if (color != null && !RGB.matcher(color).matches()) {
      throw new IllegalArgumentException("color: found '%s', expected #rrggbb".formatted(color));
    }
    requireWithin("tolerance", tolerance, 0, LARGEST_TOLERANCE);
    requireWithin("min_reads", minReads, 1, MOST_READS);
    requireWithin("min_score", minScore, 0, 1);
  }

  private static void requireWithin(
      String what, @Nullable Number found, double least, double most) {
    if (found != null && !(found.doubleValue() >= least && found.doubleValue() <= most)) {
      throw new IllegalArgumentException(
          "%s: found %s, expected %.0f..%.0f".formatted(what, found, least, most));
    }
  }

  private static AccessList builtIn(String id, String name, ListMeaning meaning, String color) {
    return new AccessList(
        id, name, meaning, color, null, null, null, 0, Instant.EPOCH, null, false);
  }
}
