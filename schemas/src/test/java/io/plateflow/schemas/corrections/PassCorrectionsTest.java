package io.plateflow.schemas.corrections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plateflow.schemas.corrections.CorrectionKind.Aspect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PassCorrectionsTest {

  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  @Test
  void ofTwoAtOnceTheLaterHoldsInWhateverOrderTheyCome() {
    List<Correction> made =
        new ArrayList<>(
            List.of(
                of("b", CorrectionKind.PLATE, "B2", 0, false),
                of("a", CorrectionKind.PLATE, "B1", 0, false),
                of("c", CorrectionKind.PLATE, "B3", 5, false),
                of("c", CorrectionKind.PLATE, "B3", 6, true),
                of("d", CorrectionKind.VEHICLE_CLASS, "truck", 9, false)));
    Random random = new Random(1);
    for (int i = 0; i < 50; i++) {
      Collections.shuffle(made, random);
      PassCorrections corrections = PassCorrections.of(made);
      assertThat(to(corrections.holding(Aspect.PLATE))).isEqualTo("B2");
      assertThat(to(corrections.holding(Aspect.VEHICLE_CLASS))).isEqualTo("truck");
      assertThat(corrections.holding(Aspect.LOCATION)).isNull();
      assertThat(corrections.all()).hasSize(4);
      assertThat(corrections.plates()).containsExactlyInAnyOrder("B1", "B2", "B3");
      assertThat(corrections.gone()).isFalse();
    }
  }

  @Test
  void notAPlateAndAPlateSpeakOfTheSame() {
    assertThat(
            PassCorrections.of(
                    List.of(
                        of("a", CorrectionKind.NOT_A_PLATE, null, 1, false),
                        of("b", CorrectionKind.PLATE, "B1", 0, false)))
                .holding(Aspect.PLATE))
        .extracting(Correction::kind)
        .isEqualTo(CorrectionKind.NOT_A_PLATE);
  }

  @Test
  void whatIsGoneCannotComeBack() {
    PassCorrections corrections =
        PassCorrections.of(List.of(of("a", CorrectionKind.DELETE, null, 1, false)));
    assertThat(corrections.gone()).isTrue();
    assertThat(corrections.erased()).isFalse();
    assertThat(corrections.until(NOON).gone()).isFalse();
    assertThatThrownBy(() -> of("a", CorrectionKind.DELETE, null, 2, true))
        .hasMessage(
            "removed: found 'true', expected false: what was deleted or erased cannot come back");
  }

  private static @Nullable String to(@Nullable Correction correction) {
    return correction == null ? null : correction.to();
  }

  private static Correction of(
      String id, CorrectionKind kind, @Nullable String to, int second, boolean removed) {
    return new Correction(
        id,
        kind,
        "p1",
        null,
        to,
        null,
        null,
        null,
        null,
        null,
        NOON.plusSeconds(second),
        null,
        removed);
  }
}
