package io.plateflow.clients.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresTimezoneTest {

  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin, Europe/Berlin",
    "UTC, UTC",
    "Z, UTC",
    "+00:00, UTC",
    "+07:00, <+07>-07:00",
    "GMT+8, <+08>-08:00",
    "-03:30, <-0330>+03:30",
    "+05:45, <+0545>-05:45",
    "Nowhere/Land, Nowhere/Land"
  })
  void namesZonesAsPostgresReadsThem(String zone, String expected) {
    assertThat(PostgresTimezone.name(zone)).isEqualTo(expected);
  }
}
