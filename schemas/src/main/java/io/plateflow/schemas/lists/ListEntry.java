package io.plateflow.schemas.lists;

import io.plateflow.schemas.camera.Place;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One version of an entry of a named list. An older version never wins over a newer one.
 *
 * @param entryId letters, digits, dot, dash and underscore
 * @param pattern a plate or a pattern, normalised as {@link PlatePattern#parse} does it
 * @param matchAll whether a pattern without a character is meant
 * @param holder whose vehicle it is, or null
 * @param sites where it counts; empty: everywhere
 * @param cameras where it counts; empty: at all cameras of its sites
 * @param hours when it counts by the clock of the place, see {@link WeeklyHours}; null: always;
 *     with the next two see {@link Validity}
 * @param validFrom inclusive; null: since ever
 * @param validUntil exclusive; null: for ever
 * @param version grows with every change of this entry
 * @param changedBy who changed it, or null
 * @param removed the entry is gone
 */
public record ListEntry(
    String entryId,
    String listId,
    String pattern,
    boolean matchAll,
    @Nullable String holder,
    @Nullable String note,
    List<String> sites,
    List<String> cameras,
    @Nullable String hours,
    @Nullable Instant validFrom,
    @Nullable Instant validUntil,
    long version,
    Instant changedAt,
    @Nullable String changedBy,
    boolean removed) {

  private static final int LONGEST_TEXT = 1000;
  private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

  public ListEntry {
    ListIds.require("entry_id", entryId);
    ListIds.require("list_id", listId);
    PlatePattern parsed = PlatePattern.parse(pattern);
    if (parsed.matchesAll() && !matchAll && !removed) {
      throw new IllegalArgumentException(
          "pattern: found '%s', which matches every plate; expected match_all: true with it"
              .formatted(pattern));
    }
    pattern = parsed.text();
    ListIds.requireText("holder", holder, LONGEST_TEXT);
    ListIds.requireText("note", note, LONGEST_TEXT);
    requireTime("valid_from", validFrom);
    requireTime("valid_until", validUntil);
    if (hours != null) {
      WeeklyHours.parse(hours);
    }
    if (validFrom != null && validUntil != null && !validFrom.isBefore(validUntil)) {
      throw new IllegalArgumentException(
          "valid_until: found %s, expected a time after valid_from, %s"
              .formatted(validUntil, validFrom));
    }
    sites = List.copyOf(sites);
    cameras = List.copyOf(cameras);
  }

  /** Whether it counts at this place. */
  public boolean countsAt(Place place) {
    return (sites.isEmpty() || sites.contains(place.site()))
        && (cameras.isEmpty() || cameras.contains(place.cameraId()));
  }

  /** Of years that every store and every clock can tell. */
  private static void requireTime(String what, @Nullable Instant time) {
    if (time != null && (time.isBefore(EARLIEST) || time.isAfter(LATEST))) {
      throw new IllegalArgumentException(
          "%s: found %s, expected a time between %s and %s"
              .formatted(what, time, EARLIEST, LATEST));
    }
  }
}
