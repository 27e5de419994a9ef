package io.plateflow.models.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.models.grammar.GrammarWeights;
import io.plateflow.models.grammar.PlateGrammar;
import io.plateflow.models.read.ReadingMode;
import io.plateflow.schemas.plate.PlateRead;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RungFusionTest {

  private final RungFusion fusion = new RungFusion(new PlateGrammar(GrammarWeights.DEFAULT), 0.5);

  @Test
  void twoThatAgreeAreSurerThanEither() {
    var fused = fuse(local("B1234XYZ", 0.5), gemini("B1234XYZ", 0.8), ReadingMode.LOCAL_FIRST);
    assertThat(fused.read().text()).isEqualTo("B1234XYZ");
    assertThat(fused.read().confidence()).isGreaterThan(0.8);
    assertThat(fused.read().reader()).isEqualTo("local");
    assertThat(fused.decision()).isEqualTo("local: gemini agrees");
  }

  @Test
  void whatWasUnreadHereIsGeminis() {
    var fused = fuse(PlateRead.nothing("local"), gemini("B1234XYZ", 0.9), ReadingMode.LOCAL_FIRST);
    assertThat(fused.read().text()).isEqualTo("B1234XYZ");
    assertThat(fused.decision()).startsWith("gemini: ");
  }

  @Test
  void whatGeminiCannotReadStays() {
    var fused = fuse(local("B1234XYZ", 0.5), PlateRead.nothing("gemini"), ReadingMode.GEMINI_FIRST);
    assertThat(fused.read().text()).isEqualTo("B1234XYZ");
  }

  @Test
  void anUnsureReadingGivesWayToASureOne() {
    var fused = fuse(local("B1234XVZ", 0.3), gemini("B1234XYZ", 0.95), ReadingMode.LOCAL_FIRST);
    assertThat(fused.read().text()).isEqualTo("B1234XYZ");
    assertThat(fused.read().reader()).isEqualTo("gemini");
    assertThat(fused.decision()).contains("B1234XVZ");
  }

  @Test
  void aSureReadingStandsAgainstOneThatNoGrammarKnows() {
    var fused = fuse(local("B1234XYZ", 0.85), gemini("8I234XYZQ", 0.9), ReadingMode.LOCAL_FIRST);
    assertThat(fused.read().text()).isEqualTo("B1234XYZ");
    assertThat(fused.decision()).startsWith("local: ").contains("8I234XYZQ");
  }

  @Test
  void withGeminiFirstItsReadingHolds() {
    var fused = fuse(local("B1234XVZ", 0.9), gemini("B1234XYZ", 0.6), ReadingMode.GEMINI_FIRST);
    assertThat(fused.read().text()).isEqualTo("B1234XYZ");
    assertThat(fused.decision()).isEqualTo("gemini: asked first");
  }

  private RungFusion.Fused fuse(PlateRead local, PlateRead gemini, ReadingMode mode) {
    return fusion.fuse(local, gemini, mode, List.of("id"));
  }

  private static PlateRead local(String text, double confidence) {
    return read(text, confidence, "local");
  }

  private static PlateRead gemini(String text, double confidence) {
    return read(text, confidence, "gemini");
  }

  private static PlateRead read(String text, double confidence, String reader) {
    float[] scores = new float[text.length()];
    Arrays.fill(scores, (float) confidence);
    return new PlateRead(
        text,
        confidence,
        scores,
        List.of(new PlateRead.Candidate(text, confidence)),
        null,
        "id",
        reader);
  }
}
