package io.plateflow.clients.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plateflow.clients.search.PlateQuery.Kind;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlateQueryTest {

  @Test
  void takesWhatPeopleType() {
    assertThat(PlateQuery.of(Kind.EXACT, " b 12.34-cd ").text()).isEqualTo("B1234CD");
    assertThat(PlateQuery.of(Kind.PATTERN, "b 12?? **x").text()).isEqualTo("B12??*X");
    assertThat(PlateQuery.of(Kind.EXACT, "#0123456789ABCDEF").text())
        .isEqualTo("#0123456789abcdef");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "EXACT      | ''                 | found nothing, expected letters or digits",
        "PATTERN    | -                  | found nothing, expected letters or digits",
        "PATTERN    | *                  | found '*', which fits every plate",
        "PATTERN    | ?*?                | found '?*?', which fits every plate",
        "EXACT      | B12*               | found '*' in 'B12*', expected letters A-Z and digits",
        "LOOK_ALIKE | B?1                | found '?' in 'B?1', expected letters A-Z and digits",
        "PATTERN    | B%1                | found '%' in 'B%1', expected letters A-Z and digits, ? and *",
        "PATTERN    | BÄ1                | found 'Ä' in 'BÄ1'",
        "PATTERN    | #0123456789abcdef  | a hash can be searched for as a whole only",
        "EXACT      | #01                | found '#01', expected # and 16 hexadecimal digits",
      })
  void refusesWhatNoPlateCanFit(Kind kind, String typed, String message) {
    assertThatThrownBy(() -> PlateQuery.of(kind, typed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesWhatIsLongerThanAnyPlate() {
    String longest = "B".repeat(PlateQuery.LONGEST);
    assertThat(PlateQuery.of(Kind.SUBSTRING, longest).text()).isEqualTo(longest);
    assertThatThrownBy(() -> PlateQuery.of(Kind.SUBSTRING, longest + "B"))
        .hasMessage("Search text: found 41 characters, expected 40 at most");
  }

  @Test
  void knowsWhatAnIndexCanUse() {
    assertThat(PlateQuery.of(Kind.PATTERN, "B?1*").longestRun()).isEqualTo(1);
    assertThat(PlateQuery.of(Kind.PATTERN, "*XYZ").longestRun()).isEqualTo(3);
    assertThat(PlateQuery.of(Kind.PATTERN, "AB1?2*").prefix()).isEqualTo(3);
    assertThat(PlateQuery.of(Kind.SUBSTRING, "AB1").prefix()).isZero();
    assertThat(PlateQuery.of(Kind.PATTERN, "A?1*X*YZ").places())
        .containsExactly("A1", "13", "Y-2", "Z-1");
    assertThat(PlateQuery.of(Kind.PATTERN, "A?B").places())
        .containsExactly("A1", "A-3", "B3", "B-1");
    assertThat(PlateQuery.of(Kind.PATTERN, "*A*").places()).isEmpty();
    assertThat(PlateQuery.of(Kind.PATTERN, "A?????????B*").places()).containsExactly("A1");
    assertThat(PlateQuery.of(Kind.PATTERN, "*B?????????A").places()).containsExactly("A-1");
    assertThat(PlateQuery.of(Kind.SUBSTRING, "A1").places()).isEmpty();
    assertThat(PlateQuery.of(Kind.PATTERN, "B?1*").like()).isEqualTo("B_1%");
    assertThat(PlateQuery.of(Kind.SUBSTRING, "12").like()).isEqualTo("%12%");
  }

  @Test
  void aTimeThatEndsBeforeItBeginsIsRefused() {
    Instant noon = Instant.parse("2026-11-20T12:00:00Z");
    assertThatThrownBy(() -> SearchFilter.NONE.withFrom(noon).withTo(noon))
        .hasMessageContaining("expected a later end");
  }
}
