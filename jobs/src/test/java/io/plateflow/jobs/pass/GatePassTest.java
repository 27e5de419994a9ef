package io.plateflow.jobs.pass;

import static io.plateflow.jobs.TestFrames.pass;
import static io.plateflow.jobs.TestFrames.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plateflow.schemas.camera.GateType;
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

  @Test
  void anExitThatWasJoinedHasTheKeyOfItsEntry() {
    GatePass exit = GatePasses.exit("out", "D77ABC", "PT1H");
    GatePass joined = exit.withHint(VisitHint.joined("in", "BO1Z"));
    assertThat(joined.key()).isEqualTo("8012@default");
    assertThat(joined.visitId()).isEqualTo("8012-out");
    assertThat(joined.event().plate()).isEqualTo("D77ABC");
    assertThat(exit.withHint(VisitHint.split(List.of("in"))).key()).isEqualTo(exit.key());
    GatePass entry = GatePasses.entry("in", "D77ABC", "PT1H");
    assertThat(entry.withHint(VisitHint.joined("in", "BO1Z")).key()).isEqualTo(entry.key());
  }

  @Test
  void aPassThatWasLookedUpReplacesNoKnownOne() {
    GatePass known = GatePasses.exit("out", "D77ABC", "PT1H");
    GatePass lookedUp =
        GatePasses.pass("out", GatePass.LOOKED_UP, GateType.EXIT, "D77ABC", known.at());
    assertThat(lookedUp.supersedes(null)).isTrue();
    assertThat(lookedUp.supersedes(known)).isFalse();
    assertThat(lookedUp.supersedes(known.retracted(0))).isFalse();
    assertThat(lookedUp.supersedes(lookedUp)).isTrue();
    assertThat(known.supersedes(lookedUp)).isTrue();
  }

  @Test
  void aHintWithAnEntryWithoutPlateIsRefusedAndAReportIsOfOneKey() {
    assertThatThrownBy(() -> new VisitHint("in", null, List.of(), null))
        .hasMessageContaining("in")
        .hasMessageContaining("both or neither");
    GatePass one = GatePasses.exit("out", "D77ABC", "PT1H");
    GatePass other = GatePasses.exit("out", "D77ABX", "PT1H");
    assertThatThrownBy(() -> new GateReport(List.of(one, other), null))
        .hasMessageContaining("077A8X@default");
    assertThatThrownBy(() -> new GateReport(List.of(), null)).hasMessageContaining("one key");
  }

  private static List<String> told(String plate, String local, boolean asked) {
    return GatePass.of(pass("p1", plate), read(local, 0.9), asked).stream()
        .map(pass -> pass.plate() + " " + pass.revision() + (pass.retracted() ? " retracted" : ""))
        .toList();
  }
}
