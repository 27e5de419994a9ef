package io.plateflow.clients.postgres;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;

/** Names of timezones as Postgres understands them. */
public final class PostgresTimezone {

  private static final int SECONDS_PER_HOUR = 3600;
  private static final int SECONDS_PER_MINUTE = 60;

  private PostgresTimezone() {}

  /**
   * The zone's own name, except for those with a fixed offset: Postgres reads {@code +07:00} and
   * {@code GMT+7} by the POSIX rule, in which a plus lies west of Greenwich.
   */
  public static String name(String zone) {
    ZoneRules rules;
    try {
      rules = ZoneId.of(zone).getRules();
    } catch (DateTimeException e) {
      // The table's own check refuses it, and with it the one record that carries it.
      return zone;
    }
    if (!rules.isFixedOffset()) {
      return zone;
    }
    ZoneOffset offset = rules.getOffset(Instant.EPOCH);
    if (offset.getTotalSeconds() == 0) {
      return "UTC";
    }
    int seconds = Math.abs(offset.getTotalSeconds());
    int hours = seconds / SECONDS_PER_HOUR;
    int minutes = seconds % SECONDS_PER_HOUR / SECONDS_PER_MINUTE;
    boolean east = offset.getTotalSeconds() > 0;
    String time = minutes == 0 ? "%02d".formatted(hours) : "%02d%02d".formatted(hours, minutes);
    return "<%s%s>%s%02d:%02d".formatted(east ? "+" : "-", time, east ? "-" : "+", hours, minutes);
  }

  /** The zone that {@link #name} was made of, or one that has always had the same offset. */
  public static String zone(String name) {
    int end = name.indexOf('>');
    if (end < 0) {
      return name;
    }
    char sign = name.charAt(end + 1) == '-' ? '+' : '-';
    return sign + name.substring(end + 2);
  }
}
