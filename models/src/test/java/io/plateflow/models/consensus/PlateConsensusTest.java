package io.plateflow.models.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.models.grammar.GrammarWeights;
import io.plateflow.models.grammar.PlateGrammar;
import io.plateflow.schemas.plate.PlateRead;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlateConsensusTest {

  private static final List<String> ID = List.of("id");
  private final PlateConsensus consensus =
      new PlateConsensus(new PlateGrammar(GrammarWeights.DEFAULT), 0.5);

  @Test
  void readsThatAllAgreeAreSurerThanEachOfThem() {
    ConsensusText one = consensus.agree(List.of(read("B1234XYZ", 0.7)), ID);
    ConsensusText three =
        consensus.agree(
            List.of(read("B1234XYZ", 0.7), read("B1234XYZ", 0.7), read("B1234XYZ", 0.6)), ID);
    assertThat(three.text()).isEqualTo("B1234XYZ");
    assertThat(three.agreeingReads()).isEqualTo(3);
    assertThat(three.reads()).isEqualTo(3);
    assertThat(three.confidence()).isGreaterThan(one.confidence()).isLessThanOrEqualTo(1);
    assertThat(three.winner().confidence()).isEqualTo(0.7);
  }

  @Test
  void readsThatDifferAtDifferentPlacesGiveATextThatNoneOfThemSays() {
    ConsensusText agreed =
        consensus.agree(
            List.of(weak("B1734XYZ", 0.5, 2), weak("B1234KYZ", 0.5, 5), weak("B1234XYT", 0.5, 7)),
            ID);
    assertThat(agreed.text()).isEqualTo("B1234XYZ");
    assertThat(agreed.agreeingReads()).isZero();
    assertThat(agreed.characterScores()).hasSize(8);
    assertThat(agreed.confidence()).isLessThan(0.5);
  }

  @Test
  void majorityWinsAgainstOneSureMistake() {
    List<PlateRead> reads = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      reads.add(read("DK1531SO", 0.6));
    }
    reads.add(read("DK1631SO", 0.95));
    ConsensusText agreed = consensus.agree(reads, ID);
    assertThat(agreed.text()).isEqualTo("DK1531SO");
    assertThat(agreed.agreeingReads()).isEqualTo(6);
  }

  @Test
  void missingAndExtraCharactersAreVotedOut() {
    assertThat(
            consensus
                .agree(
                    List.of(read("B1234XY", 0.5), read("1234XY", 0.5), read("B1234XYI", 0.5)), ID)
                .text())
        .isEqualTo("B1234XY");
  }

  @Test
  void grammarDecidesBetweenEquals() {
    assertThat(consensus.agree(List.of(read("81234XY", 0.5), read("B1234XY", 0.5)), ID).text())
        .isEqualTo("B1234XY");
  }

  @Test
  void orderOfTheReadsDoesNotMatter() {
    List<PlateRead> reads =
        Arrays.asList(
            read("B1234XYZ", 0.4), read("B1284XYZ", 0.4), read("81234XYZ", 0.3), read("", 0));
    ConsensusText first = consensus.agree(reads, List.of());
    Collections.reverse(reads);
    ConsensusText second = consensus.agree(reads, List.of());
    assertThat(second.text()).isEqualTo(first.text());
    assertThat(second.reads()).isEqualTo(4);
  }

  @Test
  void nothingReadIsNothing() {
    assertThat(consensus.agree(List.of(), ID).isEmpty()).isTrue();
    ConsensusText empty = consensus.agree(List.of(PlateRead.nothing("local")), ID);
    assertThat(empty.isEmpty()).isTrue();
    assertThat(empty.reads()).isEqualTo(1);
    assertThat(empty.confidence()).isZero();
  }

  @Test
  void dateIsTheOneThatMostReadsSaw() {
    ConsensusText agreed =
        consensus.agree(
            List.of(
                dated("B1234XYZ", "05.27"), dated("B1234XYZ", "06.27"), dated("B1234XYZ", "05.27")),
            ID);
    assertThat(agreed.date()).isEqualTo("05.27");
  }

  private static PlateRead read(String text, double confidence) {
    return weak(text, confidence, -1);
  }

  private static PlateRead weak(String text, double confidence, int unsure) {
    float[] scores = new float[text.length()];
    Arrays.fill(scores, 0.9f);
    if (unsure >= 0) {
      scores[unsure] = 0.4f;
    }
    List<PlateRead.Candidate> candidates =
        text.isEmpty() ? List.of() : List.of(new PlateRead.Candidate(text, confidence));
    return new PlateRead(text, confidence, scores, candidates, null, null, "local");
  }

  private static PlateRead dated(String text, String date) {
    PlateRead read = read(text, 0.8);
    return new PlateRead(text, 0.8, read.characterScores(), read.candidates(), date, "id", "local");
  }
}
