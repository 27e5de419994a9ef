package io.plateflow.api.platerecognizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RegionHintsTest {

  private static final Set<String> KNOWN = Set.of("us", "br", "fr", "gb");

  private static RegionHints of(String... values) {
    return RegionHints.of(List.of(values), KNOWN);
  }

  @Test
  void statesCountAsTheirCountry() {
    assertThat(of("us-ca", "us-tx", "br_sc").countries()).containsExactly("us", "br");
    assertThat(of("us-ca", "us-tx", "br_sc").named()).containsExactly("us-ca", "us-tx", "br-sc");
  }

  @Test
  void everyWayToNameSeveralIsUnderstood() {
    assertThat(of("fr", "gb").countries()).containsExactly("fr", "gb");
    assertThat(of("fr, GB").countries()).containsExactly("fr", "gb");
    assertThat(of("[\"fr\", \"gb\"]").countries()).containsExactly("fr", "gb");
  }

  @Test
  void whatIsNotKnownIsPassedOver() {
    assertThat(of("None", "", "xx", "fr", "fr", "eu!", "..").countries()).containsExactly("fr");
    assertThat(of("xx").named()).containsExactly("xx");
    assertThat(of().countries()).isEmpty();
  }
}
