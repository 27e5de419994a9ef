package io.plateflow.models.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plateflow.models.engine.DetectionConfig;
import io.plateflow.models.image.JpegEncoder;
import io.plateflow.models.read.LocalPlateReader;
import io.plateflow.models.read.ReaderConfig;
import io.plateflow.models.testing.DrawnPlates;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.frame.UnreadableImageException;
import io.plateflow.schemas.geometry.Area;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.geometry.DetectionAreas;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With the models of the product. */
class ImageRecognizerITCase {

  private static ImageRecognizer recognizer;

  @BeforeAll
  static void open() {
    recognizer =
        ImageRecognizer.open(
            DetectionConfig.DEFAULT, () -> LocalPlateReader.open(ReaderConfig.DEFAULT));
  }

  @AfterAll
  static void close() {
    recognizer.close();
  }

  @Test
  void aPictureThatIsNothingButAPlateIsThatPlate() throws UnreadableImageException {
    RecognizedImage image =
        recognizer.recognize(DrawnPlates.fadedCrop("DK 4796 KT"), RecognitionRequest.DEFAULT);

    assertThat(image.detections()).hasSize(1);
    PlateOnVehicle found = image.detections().get(0);
    assertThat(found.detection().vehicle()).isNull();
    assertThat(found.detection().plate().box()).isEqualTo(new BoundingBox(0, 0, 320, 80));
    assertThat(found.detection().plate().score()).isEqualTo(found.read().confidence());
    assertThat(found.read().text()).isEqualTo("DK4796KT");
    assertThat(image.width()).isEqualTo(320);
  }

  @Test
  void theWholePictureIsReadAsAPlateWithoutSeekingIt() throws UnreadableImageException {
    Pixels scene = DrawnPlates.scene("DK 4796 KT");
    byte[] plate = JpegEncoder.encode(scene, DrawnPlates.PLATE, 95);

    RecognizedImage image =
        recognizer.recognizePlate(plate, List.of("id"), (pixels, found) -> found);

    assertThat(image.detections()).hasSize(1);
    PlateOnVehicle found = image.detections().get(0);
    assertThat(found.read().text()).isEqualTo("DK4796KT");
    assertThat(found.attributes().number()).isEqualTo("DK 4796 KT");
    assertThat(found.detection().vehicle()).isNull();
    assertThat(found.detection().plate().box())
        .isEqualTo(new BoundingBox(0, 0, image.width(), image.height()));
    assertThat(found.detection().plate().score()).isEqualTo(found.read().confidence());
    assertThat(image.vehicleMillis()).isZero();
    assertThat(image.plateMillis()).isZero();
    assertThat(image.readMillis()).isPositive();
  }

  @Test
  void whatIsDetectedOnlyIsNotRead() throws UnreadableImageException {
    RecognizedImage image =
        recognizer.detect(
            DrawnPlates.fadedCrop("DK 4796 KT"),
            RecognitionRequest.DEFAULT,
            (pixels, found) -> found);

    assertThat(image.detections()).hasSize(1);
    assertThat(image.detections().get(0).detection().plate()).isNotNull();
    assertThat(image.detections().get(0).read()).isNull();
    assertThat(image.readMillis()).isZero();
  }

  @Test
  void nothingIsFoundOutsideOfTheAreas() throws UnreadableImageException {
    Area corner =
        new Area(List.of(new Area.Point(0, 0), new Area.Point(0.1, 0), new Area.Point(0, 0.1)));
    RecognitionRequest request =
        new RecognitionRequest(List.of("id"), new DetectionAreas(List.of(corner), List.of()));

    assertThat(recognizer.recognize(DrawnPlates.fadedCrop("DK 4796 KT"), request).detections())
        .isEmpty();
  }

  @Test
  void whatIsNoPictureIsRefused() {
    assertThatThrownBy(() -> recognizer.recognize(new byte[20], RecognitionRequest.DEFAULT))
        .isInstanceOf(UnreadableImageException.class);
  }
}
