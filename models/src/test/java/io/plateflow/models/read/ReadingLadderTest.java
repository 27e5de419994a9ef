package io.plateflow.models.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.plate.PlateRead;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadingLadderTest {

  private static final Pixels PIXELS = new Pixels(ByteBuffer.allocateDirect(12), 2, 2);
  private static final BoundingBox BOX = new BoundingBox(0, 0, 2, 2);

  private int asked;

  @Test
  void firstUsableReadIsTaken() {
    assertThat(read(rung("B1", 0.5), rung("B2", 0.9)).text()).isEqualTo("B1");
    assertThat(asked).isEqualTo(1);
  }

  @Test
  void nextRungIsAskedWhereNothingUsableWasRead() {
    assertThat(read(rung("", 0), rung("B2", 0.2)).text()).isEqualTo("B2");
    assertThat(read(rung("B1", 0.01), rung("B2", 0.2)).text()).isEqualTo("B2");
  }

  @Test
  void bestOfTheWorstIsBetterThanNothing() {
    assertThat(read(rung("B1", 0.01), rung("", 0)).text()).isEqualTo("B1");
    assertThat(read(rung("", 0), rung("", 0)).isEmpty()).isTrue();
  }

  @Test
  void ladderWithoutRungsIsRefused() {
    assertThatThrownBy(() -> new ReadingLadder(List.of(), 0.1)).hasMessageContaining("0 rungs");
  }

  private PlateRead read(PlateReader... rungs) {
    return new ReadingLadder(List.of(rungs), 0.1).read(PIXELS, BOX, List.of());
  }

  private PlateReader rung(String text, double confidence) {
    return (pixels, box, regions) -> {
      asked++;
      return new PlateRead(
          text, confidence, new float[text.length()], List.of(), null, null, "fake");
    };
  }
}
