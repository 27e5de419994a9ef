package io.plateflow.jobs.pass;

import static io.plateflow.jobs.TestFrames.pass;
import static io.plateflow.jobs.TestFrames.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GatePassTest {

  @Test
  void aPassThatNobodyAskedAboutIsToldAsItIs() {
    assertThat(told("B1234XYZ", "B1234XYZ", false)).containsExactly("B1234XYZ 0");
  }

  @Test
  void aPlateThatWasNotReadSaysNothing() {
    assertThat(GatePass.of(pass("p1", null), null, false)).isEmpty();
    assertThat(told("", "B1234XYZ", false)).isEmpty();
  }

  @Test
  void anAnswerWithinTheLookAlikesIsANewRevisionUnderTheSameKey() {
    assertThat(told("81234XYZ", "B1234XYZ", true)).containsExactly("81234XYZ 1");
  }

  @Test
  void anAnswerWithAnotherPlateTakesTheFirstOneBack() {
    assertThat(told("B1234XYA", "B1234XYZ", true))
        .containsExactly("B1234XYZ 1 retracted", "B1234XYA 1");
  }

  @Test
  void anAnswerThatReadsNothingTakesTheFirstOneBack() {
    assertThat(told("", "B1234XYZ", true)).containsExactly("B1234XYZ 1 retracted");
  }

  @Test
  void anAnswerToAnUnreadPlateIsTold() {
    assertThat(told("B1234XYZ", "", true)).containsExactly("B1234XYZ 1");
  }

  @Test
  void theKeyFoldsLookAlikesAndNamesTheSite() {
    GatePass pass = GatePass.of(pass("p1", "BO1Z"), read("BO1Z", 0.9), false).get(0);
    assertThat(pass.key()).isEqualTo("8012@default");
    assertThat(pass.visitId()).isEqualTo("8012-p1");
  }

  private static List<String> told(String plate, String local, boolean asked) {
    return GatePass.of(pass("p1", plate), read(local, 0.9), asked).stream()
        .map(pass -> pass.plate() + " " + pass.revision() + (pass.retracted() ? " retracted" : ""))
        .toList();
  }
}
