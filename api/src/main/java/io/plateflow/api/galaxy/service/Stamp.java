package io.plateflow.api.galaxy.service;

import io.plateflow.api.galaxy.GalaxyTimes;
import io.plateflow.api.http.Refusal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When a picture was taken, and how the names of what is made of it begin.
 *
 * @param name beginning of names
 * @param local by the clock of the place
 */
record Stamp(String name, LocalDateTime local, Instant at) {

  static final String FIELD = "custom_timestamp";
  private static final int EARLIEST = 1970;
  private static final int LATEST = 9999;

  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd_HH-mm-ss", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT);
  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  /**
   * Of one picture.
   *
   * @param custom {@code YYYY-MM-DD_HH-MM-SS}, or with a blank; null or empty means now
   * @throws Refusal where it is something else
   */
  static Stamp of(@Nullable String custom, GalaxyTimes times) {
    if (custom == null || custom.isBlank()) {
      return now(times);
    }
    try {
      LocalDateTime local = LocalDateTime.parse(custom.strip().replace(' ', '_'), NAME);
      if (local.getYear() < EARLIEST || local.getYear() > LATEST) {
        throw new DateTimeException("No photo was taken then");
      }
      return new Stamp(NAME.format(local), local, local.atZone(times.zone()).toInstant());
    } catch (DateTimeException e) {
      throw Refusal.field(FIELD, "Invalid custom_timestamp. Expected: YYYY-MM-DD_HH-MM-SS");
    }
  }

  /**
   * Of a picture of several.
   *
   * @param prefix of names; null or empty means the time
   * @param number of the picture
   * @throws Refusal where the prefix is not fit for names
   */
  static Stamp of(@Nullable String prefix, int number, GalaxyTimes times) {
    Stamp now = now(times);
    if (prefix == null || prefix.isBlank()) {
      return now.named(now.name() + "_" + number);
    }
    if (!PREFIX.matcher(prefix.strip()).matches()) {
      throw Refusal.field(
          FIELD, "Invalid custom_timestamp. Expected: 1 to 64 of A-Z, a-z, 0-9, '_', '.', '-'");
    }
    return now.named(prefix.strip() + "_" + number);
  }

  private static Stamp now(GalaxyTimes times) {
    Instant now = times.now();
    LocalDateTime local = LocalDateTime.ofInstant(now, times.zone());
    return new Stamp(NAME.format(local), local, now);
  }

  private Stamp named(String other) {
    return new Stamp(other, local, at);
  }

  /** As results have it: the Z is the original's, the clock is the one of the place. */
  String text() {
    return SECONDS.format(local);
  }
}
