package io.plateflow.models.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.models.grammar.GrammarWeights;
import io.plateflow.models.grammar.PlateGrammar;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SecondOpinionPolicyTest {

  private static final PlateGrammar GRAMMAR = new PlateGrammar(GrammarWeights.DEFAULT);

  private final SecondOpinionPolicy policy = new SecondOpinionPolicy(SecondOpinionConfig.DEFAULT);

  @Test
  void aSureReadingOfAKnownFormatNeedsNobody() {
    assertThat(reason(policy, "B1234XYZ", 0.9, 5, 5)).isNull();
  }

  @Test
  void asksWhereTheLocalReadingIsInDoubt() {
    assertThat(reason(policy, "", 0, 3, 0)).isEqualTo("unread");
    assertThat(reason(policy, "B1234XYZ", 0.3, 5, 5)).isEqualTo("unsure");
    assertThat(reason(policy, "B1234XYZ", 0.8, 6, 2)).isEqualTo("reads disagree");
    assertThat(reason(policy, "B1234XYZ", 0.99, 20, 7)).isNull();
    assertThat(reason(policy, "QQQQ1QQQQ", 0.9, 5, 5)).isEqualTo("no known format");
  }

  @Test
  void theModeDecidesFirst() {
    assertThat(policy.reason(ReadingMode.LOCAL_ONLY, "p", "", 0, 3, 0, GRAMMAR, List.of()))
        .isNull();
    assertThat(
            policy.reason(ReadingMode.GEMINI_FIRST, "p", "B1234XYZ", 1, 3, 3, GRAMMAR, List.of()))
        .isEqualTo("policy");
  }

  @Test
  void aShareOfSureReadingsIsSampledByTheirIds() {
    SecondOpinionPolicy sampling = new SecondOpinionPolicy(new SecondOpinionConfig(0.6, 0.25));
    long asked =
        IntStream.range(0, 2000)
            .filter(
                i ->
                    sampling.reason(
                            ReadingMode.LOCAL_FIRST,
                            "cam-20260301T0800%05d-0".formatted(i),
                            "B1234XYZ",
                            0.9,
                            5,
                            5,
                            GRAMMAR,
                            List.of("id"))
                        != null)
            .count();
    assertThat(asked).isBetween(400L, 600L);
  }

  private static String reason(
      SecondOpinionPolicy policy, String text, double score, int reads, int agreeing) {
    return policy.reason(
        ReadingMode.LOCAL_FIRST, "p", text, score, reads, agreeing, GRAMMAR, List.of("id"));
  }
}
