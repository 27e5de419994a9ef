package io.plateflow.models.attributes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlateColoursTest {

  // L* of 0..255, a* and b* from 128, as sRGB paints come out.
  private static final int[] BLACK = {30, 128, 128};
  private static final int[] WHITE = {225, 128, 129};
  private static final int[] YELLOW = {205, 131, 205};
  private static final int[] RED = {95, 185, 168};
  private static final int[] GREEN = {130, 90, 152};
  private static final int[] BLUE = {90, 140, 75};

  @Test
  void largerPartIsTheBackground() {
    assertThat(of(WHITE, BLACK, 0.7)).isEqualTo(new PlateColours("black", "white"));
    assertThat(of(BLACK, WHITE, 0.7)).isEqualTo(new PlateColours("white", "black"));
  }

  @Test
  void everyPlateColourHasItsName() {
    assertThat(of(YELLOW, BLACK, 0.7)).isEqualTo(new PlateColours("black", "yellow"));
    assertThat(of(RED, WHITE, 0.7)).isEqualTo(new PlateColours("white", "red"));
    assertThat(of(GREEN, BLACK, 0.7)).isEqualTo(new PlateColours("black", "green"));
    assertThat(of(WHITE, BLUE, 0.7)).isEqualTo(new PlateColours("blue", "white"));
    assertThat(of(WHITE, RED, 0.7)).isEqualTo(new PlateColours("red", "white"));
  }

  @Test
  void lampLightDoesNotMakeAWhitePlateYellow() {
    assertThat(of(new int[] {190, 133, 155}, new int[] {40, 130, 134}, 0.7))
        .isEqualTo(new PlateColours("black", "white"));
  }

  @Test
  void brakeLightsDoNotMakeAPlateRed() {
    assertThat(of(new int[] {150, 180, 160}, new int[] {60, 165, 150}, 0.7))
        .isEqualTo(new PlateColours("black", "white"));
  }

  @Test
  void noContrastIsNoColour() {
    assertThat(of(WHITE, WHITE, 0.5)).isNull();
    assertThat(PlateColours.of(new byte[] {10, 0, 0})).isNull();
  }

  private static PlateColours of(int[] background, int[] text, double share) {
    int pixels = 1000;
    byte[] lab = new byte[3 * pixels];
    for (int i = 0; i < pixels; i++) {
      int[] colour = i < share * pixels ? background : text;
      for (int c = 0; c < 3; c++) {
        lab[3 * i + c] = (byte) (colour[c] + (c == 0 ? i % 5 - 2 : 0));
      }
    }
    return PlateColours.of(lab);
  }
}
