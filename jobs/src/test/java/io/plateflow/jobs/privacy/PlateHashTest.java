package io.plateflow.jobs.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PlateHashTest {

  private static final String KEY = "correct horse battery staple, twice over";

  @Test
  void isTheHmacOfThePlateAndNothingThatAPlateCouldBe() {
    // printf B1234XYZ | openssl dgst -sha256 -hmac 'correct horse battery staple, twice over'
    assertThat(hash(KEY).of("B1234XYZ")).isEqualTo("#a2d3407eeae3cb89");
  }

  @Test
  void isStableAndDependsOnPlateAndKey() {
    String hash = hash(KEY).of("B1234XYZ");
    assertThat(hash).matches("#[0-9a-f]{16}");
    assertThat(hash(KEY + " ").of("B1234XYZ")).as("space around the key").isEqualTo(hash);
    assertThat(hash(KEY).of("B1234XYA")).isNotEqualTo(hash);
    assertThat(hash(KEY + "!").of("B1234XYZ")).isNotEqualTo(hash);
  }

  @Test
  void refusesAMissingOrShortKeyWithoutRepeatingIt() {
    assertThatThrownBy(() -> PlateHash.fromEnvironment(Map.of()))
        .hasMessage(
            "privacy.hash-plates: found 0 characters in the environment variable"
                + " PLATEFLOW_PLATE_KEY, expected 32 or more");
    assertThatThrownBy(() -> hash("too-short"))
        .hasMessageContaining("found 9 characters")
        .hasMessageNotContaining("too-short");
  }

  private static PlateHash hash(String key) {
    return PlateHash.fromEnvironment(Map.of(PlateHash.KEY_VARIABLE, key));
  }
}
