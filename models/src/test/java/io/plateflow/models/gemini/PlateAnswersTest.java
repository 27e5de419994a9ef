package io.plateflow.models.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plateflow.models.gemini.GeminiAnswer.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlateAnswersTest {

  private static final String GOOD =
      """
      {"image": %d, "plate_number": "%s", "plate_date": "08/29", "plate_text_color": "white",
       "plate_background_color": "red", "plate_icon": "government_seal",
       "plate_icon_color": "gold", "plate_blue_strip": "yes", "plate_type": "government",
       "confidence_score": 0.9}
      """;

  private final PlateAnswers check = new PlateAnswers();

  private GeminiAnswer one(String item) {
    return check.of("[" + item + "]", 1).get(0);
  }

  @Test
  void takesEveryFieldOfAGoodAnswer() {
    GeminiAnswer answer = one(GOOD.formatted(1, "b 1234  cd"));
    assertThat(answer.outcome()).isEqualTo(Outcome.READ);
    assertThat(answer.read().text()).isEqualTo("B1234CD");
    assertThat(answer.read().confidence()).isEqualTo(0.9);
    assertThat(answer.read().candidates()).hasSize(1);
    assertThat(answer.read().date()).isEqualTo("08.29");
    assertThat(answer.read().country()).isEqualTo("id");
    assertThat(answer.attributes().number()).isEqualTo("B 1234 CD");
    assertThat(answer.attributes().date()).isEqualTo("08.29");
    assertThat(answer.attributes().textColor()).isEqualTo("white");
    assertThat(answer.attributes().backgroundColor()).isEqualTo("red");
    assertThat(answer.attributes().icon()).isEqualTo("government_seal");
    assertThat(answer.attributes().iconColor()).isEqualTo("gold");
    assertThat(answer.attributes().blueStrip()).isTrue();
    assertThat(answer.attributes().type()).isEqualTo("government");
    assertThat(answer.attributes().regionCode()).isEqualTo("B");
    assertThat(answer.attributes().regionName()).contains("Jakarta");
    assertThat(answer.attributes().country()).isEqualTo("id");
  }

  @Test
  void scoresOfTheCharactersMakeUpTheConfidence() {
    GeminiAnswer answer = one(GOOD.formatted(1, "B 1234 CD"));
    double product = 1;
    for (float score : answer.read().characterScores()) {
      product *= score;
    }
    assertThat(product).isCloseTo(0.9, org.assertj.core.data.Offset.offset(1e-4));
  }

  @Test
  void findsTheCropOfAnItemByItsNumber() {
    List<GeminiAnswer> answers =
        check.of("[" + GOOD.formatted(2, "B 2 B") + "," + GOOD.formatted(1, "B 1 A") + "]", 2);
    assertThat(answers).extracting(a -> a.read().text()).containsExactly("B1A", "B2B");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "{}",
        "[]",
        "[{\"image\": 1}, {\"image\": 2}]",
        "[{\"image\": 0, \"plate_number\": \"A\", \"confidence_score\": 1}]",
        "[{\"image\": 2, \"plate_number\": \"A\", \"confidence_score\": 1}]",
        "[{\"image\": \"1\", \"plate_number\": \"A\", \"confidence_score\": 1}]",
        "[{\"image\": 1.5, \"plate_number\": \"A\", \"confidence_score\": 1}]",
        "[{\"image\": 1}] and more",
        "```json\n[{\"image\": 1}]\n```",
        "<html></html>",
        "[{\"image\": 1"
      })
  void refusesWhatIsNotOneItemPerCrop(String text) {
    assertThatThrownBy(() -> check.of(text, 1)).isInstanceOf(BadAnswerException.class);
  }

  @Test
  void refusesTwoItemsForOneCrop() {
    String twice = "[" + GOOD.formatted(1, "B 1 A") + "," + GOOD.formatted(1, "B 2 B") + "]";
    assertThatThrownBy(() -> check.of(twice, 2)).isInstanceOf(BadAnswerException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "B 1234 CDEFGHIJKL",
        "Б 1234 ВС",
        "B 1234 CD; DROP TABLE plates",
        "I cannot read this plate",
        "B<b>1</b>"
      })
  void anItemThatNoPlateCanShowFailsAlone(String number) {
    String text = "[" + GOOD.formatted(1, number) + "," + GOOD.formatted(2, "B 2 B") + "]";
    assertThat(check.of(text, 2))
        .extracting(GeminiAnswer::outcome)
        .containsExactly(Outcome.FAILED, Outcome.READ);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0.1", "1.1", "\"high\"", "null", "1e400"})
  void aConfidenceThatIsNoneFails(String confidence) {
    GeminiAnswer answer =
        one(GOOD.formatted(1, "B 1 A").replace(": 0.9}", ": " + confidence + "}"));
    assertThat(answer.outcome()).isEqualTo(Outcome.FAILED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "none"})
  void anEmptyNumberMeansThatItCouldNotBeRead(String number) {
    GeminiAnswer answer = one(GOOD.formatted(1, number));
    assertThat(answer.outcome()).isEqualTo(Outcome.UNREADABLE);
    assertThat(answer.read().isEmpty()).isTrue();
    assertThat(answer.attributes()).isNull();
  }

  @Test
  void dropsValuesThatWereNotAskedFor() {
    GeminiAnswer answer =
        one(
            """
            {"image": 1, "plate_number": "B 1234 CD", "plate_date": "13/29",
             "plate_text_color": "mauve", "plate_background_color": 7, "plate_icon": "unicorn",
             "plate_icon_color": "red", "plate_blue_strip": "maybe", "plate_type": "spaceship",
             "confidence_score": 0.5}
            """);
    assertThat(answer.outcome()).isEqualTo(Outcome.READ);
    assertThat(answer.read().date()).isNull();
    assertThat(answer.attributes().textColor()).isNull();
    assertThat(answer.attributes().backgroundColor()).isNull();
    assertThat(answer.attributes().icon()).isNull();
    assertThat(answer.attributes().iconColor()).isNull();
    assertThat(answer.attributes().blueStrip()).isFalse();
    assertThat(answer.attributes().type()).isNull();
    assertThat(answer.attributes().regionCode()).isEqualTo("B");
  }
}
