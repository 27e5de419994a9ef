package io.plateflow.schemas.plate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConfusionDistanceTest {

  @Test
  void lookAlikesAreCheapAndOtherEditsAreNot() {
    assertThat(ConfusionDistance.distance("B1234XYZ", "B1234XYZ")).isZero();
    assertThat(ConfusionDistance.distance("B1234XYZ", "81234XYZ")).isEqualTo(0.3);
    assertThat(ConfusionDistance.distance("B1234XYZ", "8I234XY2")).isEqualTo(0.9);
    assertThat(ConfusionDistance.distance("B1234XYZ", "B1734XYZ")).isEqualTo(1);
    assertThat(ConfusionDistance.distance("B1234XYZ", "B1234XY")).isEqualTo(1);
    assertThat(ConfusionDistance.distance("B1234XYZ", "BB1234XYZ")).isEqualTo(1);
    assertThat(ConfusionDistance.distance("", "AB")).isEqualTo(2);
  }

  @Test
  void everyGroupIsKnown() {
    assertThat(ConfusionDistance.fold("0ODQ1IL2Z5S6G8BUV")).isEqualTo("00001112255668" + "8UU");
    assertThat(ConfusionDistance.fold("ACEFHJKMNPRTWXY3479")).isEqualTo("ACEFHJKMNPRTWXY3479");
  }

  @Test
  void limitEndsTheSearchEarly() {
    assertThat(ConfusionDistance.distance("AB12", "OB12", 0.5)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(ConfusionDistance.distance("OB12", "08I2", 0.9)).isEqualTo(0.9);
    assertThat(ConfusionDistance.distance("OB12", "08I2", 0.8)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(ConfusionDistance.distance("A", "ABCDEFG", 3)).isEqualTo(Double.POSITIVE_INFINITY);
  }
}
