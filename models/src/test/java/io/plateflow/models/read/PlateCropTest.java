package io.plateflow.models.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.BoundingBox;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class PlateCropTest {

  private static final int WIDTH = 8;
  private static final int HEIGHT = 4;

  private final FloatBuffer into =
      ByteBuffer.allocateDirect(3 * WIDTH * HEIGHT * Float.BYTES)
          .order(ByteOrder.nativeOrder())
          .asFloatBuffer();

  @Test
  void greyIsWeighedAsTelevisionDoes() {
    write(picture(40, 20, 255, 0, 0), new BoundingBox(0, 0, 40, 20), 0);
    assertThat(into.get(WIDTH * HEIGHT)).isCloseTo(0.114f, within(0.003f));
    write(picture(40, 20, 0, 0, 255), new BoundingBox(0, 0, 40, 20), 0);
    assertThat(into.get(WIDTH * HEIGHT)).isCloseTo(0.299f, within(0.003f));
  }

  @Test
  void onlyItsOwnSliceIsWritten() {
    for (int i = 0; i < into.capacity(); i++) {
      into.put(i, -1);
    }
    write(picture(40, 20, 255, 255, 255), new BoundingBox(5, 5, 30, 15), 0.1);
    assertThat(into.get(WIDTH * HEIGHT - 1)).isEqualTo(-1);
    assertThat(into.get(WIDTH * HEIGHT)).isEqualTo(1);
    assertThat(into.get(2 * WIDTH * HEIGHT - 1)).isEqualTo(1);
    assertThat(into.get(2 * WIDTH * HEIGHT)).isEqualTo(-1);
  }

  @Test
  void marginWidensTheCutOnEverySide() {
    Pixels pixels = picture(40, 20, 0, 0, 0);
    // White left of x = 10.
    for (int y = 0; y < 20; y++) {
      for (int x = 0; x < 10; x++) {
        pixels.bgr().putInt(3 * (y * 40 + x), -1);
      }
    }
    write(pixels, new BoundingBox(12, 5, 32, 15), 0);
    assertThat(into.get(WIDTH * HEIGHT)).isLessThan(0.1f);
    write(pixels, new BoundingBox(12, 5, 32, 15), 0.3);
    assertThat(into.get(WIDTH * HEIGHT)).isEqualTo(1);
  }

  @Test
  void boxesThatAreNoneStillGiveACrop() {
    Pixels pixels = picture(40, 20, 255, 255, 255);
    for (BoundingBox box :
        new BoundingBox[] {
          new BoundingBox(10, 10, 10, 10),
          new BoundingBox(-90, -90, -80, -80),
          new BoundingBox(900, 900, 990, 950),
          new BoundingBox(-1e9, -1e9, 1e9, 1e9)
        }) {
      write(pixels, box, 0.1);
      assertThat(into.get(WIDTH * HEIGHT)).isEqualTo(1);
    }
  }

  /** A bar that falls by a third of the crop's height lies level in the middle, and thicker. */
  @Test
  void slopingPlatesAreLevelled() {
    int width = 192;
    int height = 64;
    Pixels pixels = picture(width, height, 0, 0, 0);
    for (int x = 0; x < width; x++) {
      int middle = (int) Math.round(32 + (x - 95.5) / width * height / 3);
      for (int y = middle - 5; y < middle + 5; y++) {
        pixels.bgr().put(3 * (y * width + x), (byte) -1);
        pixels.bgr().put(3 * (y * width + x) + 1, (byte) -1);
        pixels.bgr().put(3 * (y * width + x) + 2, (byte) -1);
      }
    }
    FloatBuffer level =
        ByteBuffer.allocateDirect(width * height * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    try (PlateCrop crop = new PlateCrop(width, height)) {
      crop.write(pixels, new BoundingBox(0, 0, width, height), 0, 1 / 3.0, level);
    }
    for (int x = 0; x < width; x++) {
      double sum = 0;
      double moment = 0;
      for (int y = 0; y < height; y++) {
        sum += level.get(y * width + x);
        moment += level.get(y * width + x) * (y + 0.5);
      }
      assertThat(moment / sum).as("middle of the bar in column %s", x).isCloseTo(32, within(1.2));
      assertThat(sum).as("thickness in column %s", x).isCloseTo(10 / (1 - 0.7 / 3), within(1.5));
    }
  }

  private void write(Pixels pixels, BoundingBox box, double margin) {
    try (PlateCrop crop = new PlateCrop(WIDTH, HEIGHT)) {
      crop.write(pixels, box, margin, 0, into.slice(WIDTH * HEIGHT, WIDTH * HEIGHT));
    }
  }

  private static Pixels picture(int width, int height, int b, int g, int r) {
    ByteBuffer bgr = ByteBuffer.allocateDirect(width * height * 3 + 4);
    for (int i = 0; i < width * height; i++) {
      bgr.put((byte) b).put((byte) g).put((byte) r);
    }
    return new Pixels(bgr, width, height);
  }
}
