package io.plateflow.api.galaxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class GalaxyTimesTest {

  @Test
  void timesAreThoseOfThePlaceWithMicroseconds() {
    Instant at = Instant.parse("2025-06-06T06:30:15.123456789Z");
    GalaxyTimes times =
        new GalaxyTimes(Clock.fixed(at, ZoneId.of("UTC")), ZoneId.of("Asia/Makassar"));

    assertThat(times.timestamp()).isEqualTo("2025-06-06T14:30:15.123456");
    assertThat(times.timestamp(Instant.EPOCH)).isEqualTo("1970-01-01T08:00:00.000000");
  }

  @Test
  void durationsAreAsPythonPrintsThem() {
    assertThat(GalaxyTimes.duration(Duration.ofNanos(9_045_123_456_000L)))
        .isEqualTo("2:30:45.123456");
    assertThat(GalaxyTimes.duration(Duration.ofHours(26).plusMillis(7)))
        .isEqualTo("1 day, 2:00:00.007000");
    assertThat(GalaxyTimes.duration(Duration.ofDays(12))).isEqualTo("12 days, 0:00:00");
    assertThat(GalaxyTimes.duration(Duration.ZERO)).isEqualTo("0:00:00");
  }
}
