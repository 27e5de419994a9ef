package io.plateflow.api.galaxy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as Python prints them: local, with microseconds, without a zone. */
public final class GalaxyTimes {

  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS", Locale.ROOT);

  private final Clock clock;
  private final ZoneId zone;

  /**
   * @param zone of the place
   */
  public GalaxyTimes(Clock clock, ZoneId zone) {
    this.clock = clock;
    this.zone = zone;
  }

  public ZoneId zone() {
    return zone;
  }

  public Instant now() {
    return clock.instant();
  }

  /** {@code 2025-06-06T14:30:15.123456}, of now. */
  public String timestamp() {
    return timestamp(now());
  }

  /** {@code 2025-06-06T14:30:15.123456}. */
  public String timestamp(Instant at) {
    return MICROS.format(at.atZone(zone));
  }

  /** {@code 2:30:45.123456}, {@code 1 day, 2:30:45}. */
  public static String duration(Duration time) {
    long days = time.toDays();
    String clock =
        "%d:%02d:%02d".formatted(time.toHoursPart(), time.toMinutesPart(), time.toSecondsPart());
    int micros = time.toNanosPart() / 1000;
    return (days == 0 ? "" : days == 1 ? "1 day, " : days + " days, ")
        + clock
        + (micros == 0 ? "" : ".%06d".formatted(micros));
  }
}
