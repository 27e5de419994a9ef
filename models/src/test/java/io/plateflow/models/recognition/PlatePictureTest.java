package io.plateflow.models.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.schemas.frame.Pixels;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class PlatePictureTest {

  @Test
  void aSmallWidePictureMayBeAPlate() {
    assertThat(PlatePicture.mayBe(pixels(602, 189))).isTrue();
    assertThat(PlatePicture.mayBe(pixels(640, 480))).isFalse();
    assertThat(PlatePicture.mayBe(pixels(100, 100))).isFalse();
    assertThat(PlatePicture.mayBe(pixels(2000, 100))).isFalse();
  }

  @Test
  void aDetectedPlateIsDoubtedUnlessItWasReadSurely() {
    assertThat(PlatePicture.isSure(0.9)).isTrue();
    assertThat(PlatePicture.isSure(0.7)).isFalse();
  }

  @Test
  void itStandsOnlyWhereItIsSurerThanWhatWasDetected() {
    assertThat(PlatePicture.stands(0.5, 0)).isTrue();
    assertThat(PlatePicture.stands(0.5, 0.6)).isFalse();
    assertThat(PlatePicture.stands(0.05, 0)).isFalse();
  }

  private static Pixels pixels(int width, int height) {
    return new Pixels(ByteBuffer.allocateDirect(width * height * 3), width, height);
  }
}
