package io.plateflow.models.tesseract;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.plate.PlateRead;
import java.nio.ByteBuffer;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TesseractPlateReaderITCase {

  private static final int WIDTH = 420;
  private static final int HEIGHT = 90;
  private static TesseractPlateReader reader;

  @BeforeAll
  static void open() {
    reader = TesseractPlateReader.open();
  }

  @AfterAll
  static void close() {
    reader.close();
  }

  @Test
  void readsPrintOnAPlate() {
    for (boolean inverted : new boolean[] {false, true}) {
      PlateRead read =
          reader.read(drawn(inverted), new BoundingBox(0, 0, WIDTH, HEIGHT), List.of());
      assertThat(read.text()).isEqualTo("B1234XYZ");
      assertThat(read.confidence()).isBetween(0.1, 1.0);
      assertThat(read.characterScores()).hasSize(8);
      assertThat(read.country()).isEqualTo("id");
      assertThat(read.reader()).isEqualTo("tesseract");
    }
  }

  @Test
  void pictureWithoutTextReadsNothing() {
    Pixels grey = new Pixels(ByteBuffer.allocateDirect(60 * 20 * 3), 60, 20);
    assertThat(reader.read(grey, new BoundingBox(0, 0, 60, 20), List.of()).isEmpty()).isTrue();
    Pixels one = new Pixels(ByteBuffer.allocateDirect(3), 1, 1);
    assertThat(reader.read(one, new BoundingBox(0, 0, 1, 1), List.of()).isEmpty()).isTrue();
    assertThat(reader.read(grey, new BoundingBox(90, 90, 99, 99), List.of()).isEmpty()).isTrue();
  }

  private static Pixels drawn(boolean inverted) {
    ByteBuffer bgr = ByteBuffer.allocateDirect(WIDTH * HEIGHT * 3);
    Scalar ground = inverted ? Scalar.all(20) : Scalar.all(235);
    Scalar ink = inverted ? Scalar.all(235) : Scalar.all(20);
    try (Mat picture =
        new Mat(HEIGHT, WIDTH, opencv_core.CV_8UC3, new BytePointer(bgr), 3L * WIDTH)) {
      picture.put(ground);
      opencv_imgproc.putText(
          picture,
          "B 1234 XYZ",
          new Point(30, 62),
          opencv_imgproc.FONT_HERSHEY_SIMPLEX,
          1.8,
          ink,
          4,
          opencv_imgproc.LINE_AA,
          false);
    }
    return new Pixels(bgr, WIDTH, HEIGHT);
  }
}
