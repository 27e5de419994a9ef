package io.plateflow.schemas.lists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatePatternTest {

  @ParameterizedTest
  @CsvSource({
    "B 12??,      B1234,     true",
    "B 12??,      B123,      false",
    "*XYZ,        XYZ,       true",
    "*XYZ,        B1XYZ,     true",
    "*XYZ,        B1XYZA,    false",
    "b-1*-x,      B1AAXAX,   true",
    "b-1*-x,      B1AAXAY,   false",
    "*A*B*,       1A2A3B,    true",
    "*A*B*,       1B2A3,     false",
    "AB12,        AB12,      true",
    "AB12,        AB123,     false",
    "**?**,       A,         true",
    "*,           '',        true",
    "?,           '',        false",
  })
  void matchesTheWholePlate(String pattern, String plate, boolean matches) {
    assertThat(PlatePattern.parse(pattern).matches(plate)).isEqualTo(matches);
  }

  @Test
  void isNormalised() {
    assertThat(PlatePattern.parse("b 12-?? **x").text()).isEqualTo("B12??*X");
    assertThat(PlatePattern.parse("b 12").isPlate()).isTrue();
    assertThat(PlatePattern.parse("b 12?").isPlate()).isFalse();
    assertThat(PlatePattern.parse("?*").matchesAll()).isTrue();
    assertThat(PlatePattern.parse("A*BCD?EF").longestRun()).isEqualTo("BCD");
    assertThat(PlatePattern.parse("*").longestRun()).isEmpty();
  }

  @Test
  void manyStarsCostLittle() {
    String pattern = "*A".repeat(19) + "*";
    assertThat(PlatePattern.parse(pattern).matches("A".repeat(18) + "B".repeat(22))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"--", "' '", "ABCDEFGHIJABCDEFGHIJABCDEFGHIJABCDEFGHIJ1"})
  void isRefusedEmptyAndTooLong(String pattern) {
    assertThatThrownBy(() -> PlatePattern.parse(pattern))
        .hasMessageStartingWith("pattern: found '")
        .hasMessageEndingWith("expected 1 to 40 letters, digits, ? and *");
  }
}
