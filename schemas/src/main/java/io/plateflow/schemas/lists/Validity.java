package io.plateflow.schemas.lists;

import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * When an entry counts, parsed.
 *
 * @param from inclusive; null: since ever
 * @param until exclusive; null: for ever
 * @param hours by the clock of the place; null: always
 */
public record Validity(
    @Nullable Instant from, @Nullable Instant until, @Nullable WeeklyHours hours) {

  public static Validity of(ListEntry entry) {
    String hours = entry.hours();
    return new Validity(
        entry.validFrom(), entry.validUntil(), hours == null ? null : WeeklyHours.parse(hours));
  }

  /**
   * Whether it counts at some moment of a time: a vehicle that came while its entry counted is not
   * sent away because the entry ends while it waits.
   *
   * @param begin inclusive
   * @param end inclusive
   */
  public boolean countsWithin(Instant begin, Instant end, ZoneId zone) {
    if (from != null && end.isBefore(from) || until != null && !begin.isBefore(until)) {
      return false;
    }
    if (hours == null) {
      return true;
    }
    Instant first = from != null && begin.isBefore(from) ? from : begin;
    Instant last = until != null && !end.isBefore(until) ? until.minusMillis(1) : end;
    return hours.openWithin(first, last, zone);
  }
}
