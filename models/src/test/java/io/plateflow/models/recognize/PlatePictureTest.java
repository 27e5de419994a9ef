package io.plateflow.models.recognize;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.models.recognition.PlatePicture;
import io.plateflow.schemas.frame.Pixels;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class PlatePictureTest {

  @Test
  void aSmallWidePictureIsReadAsAWholeUnlessAPlateInItIsSure() {
    assertThat(PlatePicture.isWorthReading(pixels(602, 189), 0)).isTrue();
    assertThat(PlatePicture.isWorthReading(pixels(602, 189), 0.9)).isFalse();
    assertThat(PlatePicture.isWorthReading(pixels(640, 480), 0)).isFalse();
    assertThat(PlatePicture.isWorthReading(pixels(100, 100), 0)).isFalse();
    assertThat(PlatePicture.isWorthReading(pixels(2000, 100), 0)).isFalse();
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
