package io.plateflow.schemas.lists;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Hours of the week by the clock of a place: {@code Mo-Fr 07:00-18:00; Sa,Su 22:00-02:00}. Days are
 * Mo, Tu, We, Th, Fr, Sa and Su, left out for all; a time that ends before it begins, or when it
 * begins, goes on to the next day. Where clocks are set forward, a time that does not exist is an
 * hour later; where they are set back, an hour that comes twice counts twice.
 */
public final class WeeklyHours {

  private static final List<String> DAYS = List.of("MO", "TU", "WE", "TH", "FR", "SA", "SU");
  private static final Pattern PART =
      Pattern.compile(
          "(?:(?<days>[A-Z]{2}(?:[-,][A-Z]{2})*) )?"
              + "(?<begin>[012]\\d:[0-5]\\d)-(?<end>[012]\\d:[0-5]\\d)");
  private static final String EXPECTED = "expected such as 'Mo-Fr 07:00-18:00; Sa 22:00-02:00'";
  private static final LocalTime MIDNIGHT = LocalTime.MIDNIGHT;
  private static final String END_OF_DAY = "24:00";

  /** A week and a day: within it every part begins once. */
  private static final int DAYS_AHEAD = 8;

  /**
   * @param days on which it begins
   * @param overnight whether it ends on the next day
   */
  private record Part(Set<DayOfWeek> days, LocalTime begin, LocalTime end, boolean overnight) {

    Instant beginOn(LocalDate day, ZoneId zone) {
      return day.atTime(begin).atZone(zone).toInstant();
    }

    /** Exclusive. */
    Instant endOf(LocalDate day, ZoneId zone) {
      // Of an hour that comes twice the second end.
      return (overnight ? day.plusDays(1) : day)
          .atTime(end)
          .atZone(zone)
          .withLaterOffsetAtOverlap()
          .toInstant();
    }
  }

  private final List<Part> parts;

  private WeeklyHours(List<Part> parts) {
    this.parts = parts;
  }

  /**
   * @throws IllegalArgumentException that says which part is wrong
   */
  public static WeeklyHours parse(String text) {
    List<Part> parts = new ArrayList<>();
    for (String part : text.split(";", -1)) {
      parts.add(part(part.strip().toUpperCase(Locale.ROOT).replaceAll("\\s+", " "), text));
    }
    return new WeeklyHours(parts);
  }

  /**
   * Whether any moment of this time is within the hours.
   *
   * @param from inclusive
   * @param to inclusive, not before {@code from}
   */
  public boolean openWithin(Instant from, Instant to, ZoneId zone) {
    LocalDate first = from.atZone(zone).toLocalDate().minusDays(1);
    LocalDate last = to.atZone(zone).toLocalDate();
    // After a week the same comes again.
    LocalDate until = last.isAfter(first.plusDays(DAYS_AHEAD)) ? first.plusDays(DAYS_AHEAD) : last;
    for (LocalDate day = first; !day.isAfter(until); day = day.plusDays(1)) {
      for (Part part : parts) {
        if (part.days().contains(day.getDayOfWeek())
            && !part.beginOn(day, zone).isAfter(to)
            && part.endOf(day, zone).isAfter(from)) {
          return true;
        }
      }
    }
    return false;
  }

  private static Part part(String part, String whole) {
    Matcher matcher = PART.matcher(part);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "hours: found '%s' in '%s', %s".formatted(part, whole, EXPECTED));
    }
    LocalTime begin = time(matcher.group("begin"), whole);
    boolean toMidnight = matcher.group("end").equals(END_OF_DAY);
    LocalTime end = toMidnight ? MIDNIGHT : time(matcher.group("end"), whole);
    return new Part(
        days(matcher.group("days"), whole), begin, end, toMidnight || !end.isAfter(begin));
  }

  private static LocalTime time(String text, String whole) {
    int hour = Integer.parseInt(text.substring(0, 2));
    if (hour > 23) {
      throw new IllegalArgumentException(
          "hours: found '%s' in '%s', expected a time from 00:00 to 23:59, at the end also 24:00"
              .formatted(text, whole));
    }
    return LocalTime.of(hour, Integer.parseInt(text.substring(3)));
  }

  private static Set<DayOfWeek> days(@Nullable String text, String whole) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    if (text == null) {
      return EnumSet.allOf(DayOfWeek.class);
    }
    for (String range : text.split(",")) {
      String[] ends = range.split("-", -1);
      if (ends.length > 2) {
        throw new IllegalArgumentException(
            "hours: found '%s' in '%s', %s".formatted(range, whole, EXPECTED));
      }
      DayOfWeek day = day(ends[0], whole);
      DayOfWeek last = day(ends[ends.length - 1], whole);
      days.add(day);
      // Fr-Mo goes over the weekend.
      while (day != last) {
        day = day.plus(1);
        days.add(day);
      }
    }
    return days;
  }

  private static DayOfWeek day(String text, String whole) {
    int number = DAYS.indexOf(text);
    if (number < 0) {
      throw new IllegalArgumentException(
          "hours: found the day '%s' in '%s', expected Mo, Tu, We, Th, Fr, Sa or Su"
              .formatted(text, whole));
    }
    return DayOfWeek.of(number + 1);
  }
}
