package io.plateflow.models.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.BoundingBox;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlateBlurTest {

  private static final int WIDTH = 200;
  private static final int HEIGHT = 100;
  private final PlateBlur blur = new PlateBlur();

  @Test
  void thePlateIsGoneAndTheRestIsAsItWas() {
    Pixels stripes = stripes();
    Pixels hidden = blur.blurred(stripes, List.of(new BoundingBox(60, 40, 140, 60)));

    // Black and white stripes two pixels wide: after averaging there is grey only.
    for (int y = 40; y < 60; y++) {
      for (int x = 60; x < 140; x++) {
        assertThat(value(hidden, x, y)).isBetween(90, 165);
      }
    }
    assertThat(value(hidden, 10, 10)).isEqualTo(value(stripes, 10, 10));
    assertThat(value(hidden, 199, 99)).isEqualTo(value(stripes, 199, 99));
    assertThat(value(stripes, 100, 50)).as("the picture itself").isIn(0, 255);
  }

  @Test
  void fewerValuesAreLeftThanAPlateHasCharacters() {
    Pixels noise = stripes();
    for (int i = 0; i < 3 * WIDTH * HEIGHT; i++) {
      noise.bgr().put(i, (byte) (i * 31 % 251));
    }
    Pixels hidden = blur.blurred(noise, List.of(new BoundingBox(60, 40, 140, 60)));

    // Along a row the brightness turns at the centres of the averages only.
    Set<Integer> turns = new HashSet<>();
    for (int x = 61; x < 139; x++) {
      int before = Integer.signum(value(hidden, x, 50) - value(hidden, x - 1, 50));
      int after = Integer.signum(value(hidden, x + 1, 50) - value(hidden, x, 50));
      if (before * after < 0) {
        turns.add(x);
      }
    }
    assertThat(turns).hasSizeLessThan(4);
  }

  @Test
  void aPlateAtTheEdgeAndOneOfAPixelAreHiddenToo() {
    Pixels hidden =
        blur.blurred(
            stripes(), List.of(new BoundingBox(-5, -5, 30, 8), new BoundingBox(150, 50, 150, 50)));
    assertThat(value(hidden, 2, 2)).isBetween(60, 195);
  }

  @Test
  void withoutPlatesThePictureIsNotCopied() {
    Pixels stripes = stripes();
    assertThat(blur.blurred(stripes, List.of())).isSameAs(stripes);
  }

  private static Pixels stripes() {
    ByteBuffer bgr = ByteBuffer.allocateDirect(3 * WIDTH * HEIGHT);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      byte value = i % WIDTH / 2 % 2 == 0 ? 0 : (byte) 255;
      bgr.put(3 * i, value).put(3 * i + 1, value).put(3 * i + 2, value);
    }
    return new Pixels(bgr, WIDTH, HEIGHT);
  }

  private static int value(Pixels pixels, int x, int y) {
    return pixels.bgr().get(3 * (y * WIDTH + x)) & 0xFF;
  }
}
