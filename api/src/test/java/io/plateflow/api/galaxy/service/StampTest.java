package io.plateflow.api.galaxy.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plateflow.api.galaxy.GalaxyTimes;
import io.plateflow.api.http.Refusal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StampTest {

  private static final GalaxyTimes TIMES =
      new GalaxyTimes(
          Clock.fixed(Instant.parse("2026-03-01T22:00:00.5Z"), ZoneId.of("UTC")),
          ZoneId.of("Asia/Makassar"));

  @ParameterizedTest
  @ValueSource(strings = {"2025-06-06_14-30-15", "2025-06-06 14-30-15", " 2025-06-06_14-30-15 "})
  void aPictureMayHaveATimeOfItsOwn(String custom) {
    Stamp stamp = Stamp.of(custom, TIMES);

    assertThat(stamp.name()).isEqualTo("2025-06-06_14-30-15");
    assertThat(stamp.text()).isEqualTo("2025-06-06T14:30:15Z");
    assertThat(stamp.at()).isEqualTo("2025-06-06T06:30:15Z");
  }

  @Test
  void elseItIsTakenNow() {
    Stamp stamp = Stamp.of(null, TIMES);

    assertThat(stamp.name()).isEqualTo("2026-03-02_06-00-00");
    assertThat(stamp.at()).isEqualTo("2026-03-01T22:00:00.5Z");
    assertThat(Stamp.of("", TIMES)).isEqualTo(stamp);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yesterday",
        "2025-06-06T14:30:15",
        "2025-02-30_14-30-15",
        "2025-06-06_24-30-15",
        "2025-06-06_14-30-15/..",
        "20250-06-06_14-30-15"
      })
  void anythingElseIsRefused(String custom) {
    assertThatThrownBy(() -> Stamp.of(custom, TIMES))
        .isInstanceOfSatisfying(
            Refusal.class, e -> assertThat(e.field()).isEqualTo("custom_timestamp"));
  }

  @Test
  void ofSeveralItIsAPrefix() {
    Stamp stamp = Stamp.of("batch_2025-06-06", 2, TIMES);

    assertThat(stamp.name()).isEqualTo("batch_2025-06-06_2");
    assertThat(stamp.text()).isEqualTo("2026-03-02T06:00:00Z");
    assertThat(Stamp.of(" ", 2, TIMES).name()).isEqualTo("2026-03-02_06-00-00_2");
    assertThatThrownBy(() -> Stamp.of("../batch", 1, TIMES)).isInstanceOf(Refusal.class);
    assertThatThrownBy(() -> Stamp.of("b".repeat(65), 1, TIMES)).isInstanceOf(Refusal.class);
  }
}
