package io.plateflow.api.openalpr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plateflow.api.http.Refusal;
import io.plateflow.models.grammar.GrammarWeights;
import io.plateflow.models.grammar.PlateGrammar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CountriesTest {

  private final Countries countries =
      new Countries(new PlateGrammar(GrammarWeights.DEFAULT).countries());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "us|us",
        "EU|eu",
        "br2|br",
        "vn2,vn|vn",
        "' id , my '|id;my",
        // Their formats are not known, so that nothing may be expected.
        "auwide|''",
        "us,nz|''",
        "za|''"
      })
  void codesAreRegionsToExpect(String text, String regions) {
    assertThat(String.join(";", countries.regions(text))).isEqualTo(regions);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " ", "xx", "mars", "us,", ",", "us,zz", "eu;us", "us-ca"})
  void whatIsNoCodeIsRefused(String text) {
    assertThatThrownBy(() -> countries.regions(text))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.field()).isEqualTo("country");
              assertThat(refusal.text()).contains("expected a code");
            });
  }

  @Test
  void whatIsOfferedIsAcceptedAndNamed() {
    assertThat(countries.offered())
        .containsEntry("us", "North America")
        .containsEntry("id", "Indonesia")
        .containsKeys("eu", "au", "auwide", "br", "br2", "gb", "in", "kr", "mx", "nz", "sg", "vn");
    countries
        .offered()
        .forEach(
            (code, name) -> {
              countries.regions(code);
              assertThat(name).as(code).isNotBlank().isNotEqualToIgnoringCase(code);
            });
  }
}
