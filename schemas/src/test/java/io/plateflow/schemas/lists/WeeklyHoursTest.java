package io.plateflow.schemas.lists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeeklyHoursTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /** 2026-03-02 is a Monday. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Mo-Fr 07:00-18:00               | 2026-03-02T07:00 | true",
        "Mo-Fr 07:00-18:00               | 2026-03-02T18:00 | false",
        "mo-fr  07:00-18:00              | 2026-03-02T17:59 | true",
        "Mo-Fr 07:00-18:00               | 2026-03-07T12:00 | false",
        "Mo,We,Sa 07:00-18:00            | 2026-03-07T12:00 | true",
        "Fr-Mo 07:00-18:00               | 2026-03-08T12:00 | true",
        "Fr-Mo 07:00-18:00               | 2026-03-05T12:00 | false",
        "Sa 22:00-02:00                  | 2026-03-08T01:59 | true",
        "Sa 22:00-02:00                  | 2026-03-08T02:00 | false",
        "Sa 22:00-02:00                  | 2026-03-07T01:00 | false",
        "00:00-24:00                     | 2026-03-07T23:59 | true",
        "08:00-08:00                     | 2026-03-07T07:00 | true",
        "Mo 07:00-08:00; Tu 09:00-10:00  | 2026-03-03T09:30 | true",
        "Mo 07:00-08:00; Tu 09:00-10:00  | 2026-03-03T07:30 | false",
        // The clock goes from 02:00 to 03:00 on 2026-03-29: 02:30 is 03:30 then.
        "Su 02:30-04:00                  | 2026-03-29T03:15 | false",
        "Su 02:30-04:00                  | 2026-03-29T03:30 | true",
        "Sa 22:00-03:00                  | 2026-03-29T03:00 | false",
      })
  void isOpenByTheClockOfThePlace(String hours, LocalDateTime time, boolean open) {
    Instant at = time.atZone(BERLIN).toInstant();
    assertThat(WeeklyHours.parse(hours).openWithin(at, at, BERLIN)).isEqualTo(open);
  }

  @Test
  void anHourThatComesTwiceCountsTwice() {
    WeeklyHours hours = WeeklyHours.parse("Su 02:15-02:45");
    // 02:30 summer time, then 02:30 winter time.
    Instant first = Instant.parse("2026-10-25T00:30:00Z");
    Instant second = Instant.parse("2026-10-25T01:30:00Z");
    assertThat(hours.openWithin(first, first, BERLIN)).isTrue();
    assertThat(hours.openWithin(second, second, BERLIN)).isTrue();
    assertThat(hours.openWithin(second.plusSeconds(900), second.plusSeconds(900), BERLIN))
        .isFalse();
  }

  @Test
  void aTimeIsOpenWhereAnyMomentOfItIs() {
    WeeklyHours hours = WeeklyHours.parse("Mo 12:00-13:00");
    Instant morning = Instant.parse("2026-03-02T08:00:00Z");
    assertThat(hours.openWithin(morning, morning.plusSeconds(3 * 3600 - 1), BERLIN)).isFalse();
    assertThat(hours.openWithin(morning, morning.plusSeconds(3 * 3600), BERLIN)).isTrue();
    assertThat(hours.openWithin(morning, Instant.parse("2027-01-01T00:00:00Z"), BERLIN)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "7-18                   | '7-18'",
        "Mo-Fr 07:00-25:00      | '25:00'",
        "Mo-Xx 07:00-18:00      | the day 'XX'",
        "Mo-Tu-We 07:00-18:00   | 'MO-TU-WE'",
        "24:00-07:00            | '24:00'",
        "Mo 07:00-18:00;        | found ''",
        "Mo 12:10 pm-13:00      | 'MO 12:10 PM-13:00'",
      })
  void whatIsNotUnderstoodIsRefused(String hours, String named) {
    assertThatThrownBy(() -> WeeklyHours.parse(hours))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("hours: found")
        .hasMessageContaining(named)
        .hasMessageContaining("expected");
  }
}
