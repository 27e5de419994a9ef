package io.plateflow.clients.camera.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.schemas.camera.Rotation;
import io.plateflow.schemas.frame.Pixels;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PixelTurnTest {

  // Wider and higher than what is turned at once, and no multiple of it.
  private static final int WIDTH = 131;
  private static final int HEIGHT = 150;

  private final AtomicInteger released = new AtomicInteger();
  private final PixelPool pool = new PixelPool("a", 1);

  @Test
  void everyPixelGoesToItsPlace() throws Exception {
    Pixels quarter = PixelTurn.turned(picture(), Rotation.QUARTER, pool);
    assertThat(quarter.width()).isEqualTo(HEIGHT);
    assertThat(quarter.height()).isEqualTo(WIDTH);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        assertPixel(quarter, HEIGHT - 1 - y, x, x, y);
      }
    }
    quarter.release();

    Pixels half = PixelTurn.turned(picture(), Rotation.HALF, pool);
    assertThat(half.width()).isEqualTo(WIDTH);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        assertPixel(half, WIDTH - 1 - x, HEIGHT - 1 - y, x, y);
      }
    }
    half.release();

    Pixels threeQuarters = PixelTurn.turned(picture(), Rotation.THREE_QUARTERS, pool);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        assertPixel(threeQuarters, y, WIDTH - 1 - x, x, y);
      }
    }
    assertThat(released).hasValue(3);
  }

  @Test
  void anUprightPictureIsNotCopied() throws Exception {
    Pixels picture = picture();
    assertThat(PixelTurn.turned(picture, Rotation.NONE, pool)).isSameAs(picture);
    assertThat(released).hasValue(0);
    assertThat(pool.lent()).isZero();
  }

  /** Blue is the column, green the row, red their sum. */
  private Pixels picture() {
    ByteBuffer bgr = ByteBuffer.allocateDirect(WIDTH * HEIGHT * 3);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      int x = i % WIDTH;
      int y = i / WIDTH;
      bgr.put((byte) x).put((byte) y).put((byte) (x + y));
    }
    return new Pixels(bgr, WIDTH, HEIGHT, released::incrementAndGet);
  }

  private static void assertPixel(Pixels turned, int x, int y, int fromX, int fromY) {
    int at = (y * turned.width() + x) * 3;
    assertThat(turned.bgr().get(at)).isEqualTo((byte) fromX);
    assertThat(turned.bgr().get(at + 1)).isEqualTo((byte) fromY);
    assertThat(turned.bgr().get(at + 2)).isEqualTo((byte) (fromX + fromY));
  }
}
