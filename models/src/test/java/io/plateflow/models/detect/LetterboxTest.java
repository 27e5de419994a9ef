package io.plateflow.models.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plateflow.models.TestPictures;
import io.plateflow.models.image.PixelRegion;
import io.plateflow.models.image.PixelView;
import io.plateflow.models.onnx.YoloLayout;
import io.plateflow.models.onnx.YoloMetadata;
import io.plateflow.schemas.frame.Pixels;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class LetterboxTest {

  private static final float GREY = 114 / 255f;

  @Test
  void padsToTheStrideWhereAnySizeIsTaken() {
    assertThat(InputSize.of(model(true), new PixelRegion(0, 0, 1280, 720), 640))
        .isEqualTo(new InputSize(640, 384));
    assertThat(InputSize.of(model(true), new PixelRegion(0, 0, 8000, 500), 640))
        .isEqualTo(new InputSize(640, 64));
    assertThat(InputSize.of(model(true), new PixelRegion(0, 0, 1, 1000), 640))
        .isEqualTo(new InputSize(32, 640));
    assertThat(InputSize.of(model(false), new PixelRegion(0, 0, 1280, 720), 320))
        .isEqualTo(new InputSize(640, 640));
  }

  @Test
  void writesRedGreenBluePlanesWithGreyAround() {
    Pixels pixels = TestPictures.paint(TestPictures.black(8, 4), 0, 0, 8, 4, 255, 51, 0);
    FloatBuffer input = direct(3 * 8 * 8);

    Placement placement = fill(pixels, PixelRegion.whole(pixels), 8, input, 0, 8, 8);

    assertThat(placement).isEqualTo(new Placement(PixelRegion.whole(pixels), 1, 0, 2));
    assertPixel(input, 0, 8, 8, 3, 1, GREY, GREY, GREY);
    assertPixel(input, 0, 8, 8, 3, 2, 1, 0.2f, 0);
    assertPixel(input, 0, 8, 8, 7, 5, 1, 0.2f, 0);
    assertPixel(input, 0, 8, 8, 7, 6, GREY, GREY, GREY);
  }

  @Test
  void fillsItsPlaceInTheBatchOnly() {
    Pixels pixels = TestPictures.paint(TestPictures.black(4, 4), 0, 0, 4, 4, 255, 255, 255);
    FloatBuffer input = direct(2 * 3 * 16);

    fill(pixels, PixelRegion.whole(pixels), 4, input, 1, 4, 4);

    assertThat(input.get(3 * 16 - 1)).isZero();
    assertPixel(input, 1, 4, 4, 0, 0, 1, 1, 1);
    assertPixel(input, 1, 4, 4, 3, 3, 1, 1, 1);
  }

  @Test
  void looksAtTheRegionAlone() {
    Pixels pixels = TestPictures.paint(TestPictures.black(20, 10), 10, 4, 4, 4, 0, 0, 255);
    FloatBuffer input = direct(3 * 64);

    Placement placement = fill(pixels, new PixelRegion(10, 4, 4, 4), 8, input, 0, 8, 8);

    assertThat(placement.scale()).isEqualTo(2);
    for (int y = 0; y < 8; y++) {
      for (int x = 0; x < 8; x++) {
        assertPixel(input, 0, 8, 8, x, y, 0, 0, 1);
      }
    }
  }

  private static Placement fill(
      Pixels pixels, PixelRegion region, int longSide, FloatBuffer input, int index, int w, int h) {
    try (PixelView view = PixelView.of(pixels);
        Letterbox letterbox = new Letterbox()) {
      return letterbox.fill(view, region, longSide, input, index, new InputSize(w, h));
    }
  }

  private static void assertPixel(
      FloatBuffer input, int index, int w, int h, int x, int y, float r, float g, float b) {
    int at = 3 * index * w * h + y * w + x;
    assertThat(input.get(at)).isCloseTo(r, within(1e-6f));
    assertThat(input.get(at + w * h)).isCloseTo(g, within(1e-6f));
    assertThat(input.get(at + 2 * w * h)).isCloseTo(b, within(1e-6f));
  }

  private static YoloMetadata model(boolean anySize) {
    return new YoloMetadata(
        List.of("car"), 32, 640, 640, anySize, 0, "output0", YoloLayout.ANCHORS);
  }

  private static FloatBuffer direct(int floats) {
    return ByteBuffer.allocateDirect(4 * floats).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }
}
