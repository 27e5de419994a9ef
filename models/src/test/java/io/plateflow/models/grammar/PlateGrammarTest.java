package io.plateflow.models.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlateGrammarTest {

  private static final List<String> ANY = List.of();
  private final PlateGrammar grammar = new PlateGrammar(GrammarWeights.DEFAULT);

  @Test
  void indonesianPlatesAreSplitAndTheirRegionNamed() {
    PlateMatch match = grammar.match("B1234XYZ", ANY);
    assertThat(match.country()).isEqualTo("id");
    assertThat(match.number()).isEqualTo("B 1234 XYZ");
    assertThat(match.region()).isEqualTo("B");
    assertThat(match.letters()).isEqualTo("XYZ");
    assertThat(match.type()).isNull();
    assertThat(grammar.match("DK1531SO", ANY).number()).isEqualTo("DK 1531 SO");
    assertThat(grammar.match("AB12C", List.of("id")).number()).isEqualTo("AB 12 C");
  }

  @Test
  void indonesianServicePlatesNameTheirType() {
    assertThat(grammar.match("CD1234", List.of("id")).type()).isEqualTo("diplomatic");
    assertThat(grammar.match("RI1", List.of("id")).type()).isEqualTo("government");
    assertThat(grammar.match("1234567", List.of("id")).type()).isEqualTo("military");
    assertThat(grammar.match("1234IV", List.of("id")).type()).isEqualTo("police");
  }

  @Test
  void otherCountriesArePrintedAsTheyPrintThem() {
    assertThat(grammar.match("LS15EBC", ANY))
        .extracting(PlateMatch::country, PlateMatch::number, PlateMatch::region)
        .containsExactly("gb", "LS15 EBC", null);
    assertThat(grammar.match("34A36837", ANY))
        .extracting(PlateMatch::country, PlateMatch::number)
        .containsExactly("vn", "34A-368.37");
    assertThat(grammar.match("ABC1D23", ANY))
        .extracting(PlateMatch::country, PlateMatch::number)
        .containsExactly("br", "ABC1D23");
  }

  @Test
  void countryIsLeftOpenWhereFormatsAreShared() {
    assertThat(grammar.match("ABC1234", ANY).country()).isNull();
    assertThat(grammar.match("ABC1234", List.of("br")).country()).isEqualTo("br");
    assertThat(grammar.match("ABC1234", List.of("us")).country()).isEqualTo("us");
    assertThat(grammar.match("FR123AB", ANY).country()).isNull();
  }

  @Test
  void aGroupStandsForItsCountries() {
    assertThat(grammar.follows("AB123CD", List.of("eu"))).as("France").isTrue();
    assertThat(grammar.follows("B1234XYZ", List.of("eu"))).as("Indonesia").isFalse();
    assertThat(grammar.follows("B1234XYZ", List.of("eu", "id"))).isTrue();
    double any = grammar.logPrior("AB123CD", ANY);
    double inEurope = grammar.logPrior("AB123CD", List.of("eu"));
    assertThat(inEurope).isGreaterThan(any);
    assertThat(grammar.logPrior("AB123CD", List.of("fr"))).isGreaterThan(inEurope);
    assertThat(grammar.logPrior("B1234XYZ", List.of("eu")))
        .isLessThan(grammar.logPrior("B1234XYZ", ANY));
  }

  @Test
  void textsOfNoFormatMatchNothing() {
    assertThat(grammar.match("QX1234AB", List.of("id"))).isNotNull();
    assertThat(grammar.match("1A1A1A1A1", ANY)).isNull();
    assertThat(grammar.match("", ANY)).isNull();
    assertThat(grammar.follows("QX1234AB", List.of("id"))).isFalse();
    assertThat(grammar.follows("B1234AB", List.of("id"))).isTrue();
  }

  @Test
  void knownFormatsAreMoreProbableThanTheirLookAlikes() {
    assertThat(grammar.logPrior("B1234XYZ", ANY)).isGreaterThan(grammar.logPrior("81234XYZ", ANY));
    assertThat(grammar.logPrior("B1204OB", ANY)).isGreaterThan(grammar.logPrior("B12040B", ANY));
    // No Indonesian number begins with 0.
    assertThat(grammar.logPrior("B0204XY", List.of("id")))
        .isLessThan(grammar.logPrior("B9204XY", List.of("id")));
  }

  @Test
  void expectedCountriesWeighMore() {
    double any = grammar.logPrior("ABC1D23", ANY);
    assertThat(grammar.logPrior("ABC1D23", List.of("br"))).isGreaterThan(any);
    assertThat(grammar.logPrior("ABC1D23", List.of("id"))).isLessThan(any);
    assertThat(grammar.logPrior("ABC1D23", List.of("id", "br")))
        .isLessThan(grammar.logPrior("ABC1D23", List.of("br", "id")))
        .isGreaterThan(grammar.logPrior("ABC1D23", List.of("id")));
    assertThat(grammar.logPrior("ABC1D23", List.of("nowhere"))).isEqualTo(any);
  }

  @Test
  void whatThePictureShowsOfTheCountryWeighsToo() {
    Map<String, Double> american = Map.of("us", 0.95, "br", 0.01, "eu", 0.04);
    Map<String, Double> european = Map.of("us", 0.02, "br", 0.01, "eu", 0.97);
    assertThat(grammar.match("ABC1234", grammar.expectation(ANY, american)).country())
        .isEqualTo("us");
    assertThat(grammar.match("ABC1234", grammar.expectation(ANY, european)).country())
        .isNotEqualTo("us");
    assertThat(grammar.logPrior("1AB2345", grammar.expectation(ANY, american)))
        .isGreaterThan(grammar.logPrior("1AB2345", ANY));
  }

  @Test
  void correctionsTakeWhatThePictureNextShows() {
    String read = "812340B";
    float[][] scores = new float[read.length()][36];
    for (int i = 0; i < read.length(); i++) {
      scores[i][index(read.charAt(i))] = 0.9f;
    }
    scores[0][index('B')] = 0.08f;
    scores[5][index('D')] = 0.05f;
    scores[5][index('O')] = 0.02f;
    List<String> corrections =
        grammar.corrections(read, scores, grammar.expectation(List.of("id"), Map.of()), 5);
    assertThat(corrections).hasSize(5).doesNotContain(read);
    assertThat(corrections.get(0)).isEqualTo("B1234DB");
  }

  private static int index(char c) {
    return Character.isDigit(c) ? c - '0' : c - 'A' + 10;
  }

  @Test
  void theMostProbableCountryOfATextHasItsShare() {
    assertThat(grammar.country("B1234XYZ", List.of("id")))
        .satisfies(
            best -> {
              assertThat(best.country()).isEqualTo("id");
              assertThat(best.share()).isBetween(0.75, 1.0);
            });
    // What a text tells its country by is clear; where several could be, the share says so.
    assertThat(grammar.match("ABC123", ANY).country()).isNull();
    assertThat(grammar.country("ABC123", ANY).share()).isLessThan(0.75);
    assertThat(grammar.country("IOIOIOIOIOIO", ANY)).isNull();
  }
}
