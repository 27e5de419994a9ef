package io.plateflow.models.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plateflow.models.recognition.PlateOnVehicle;
import io.plateflow.models.recognition.RecognizedImage;
import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.detection.PairedDetection;
import io.plateflow.schemas.detection.PairingMethod;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.plate.PlateRead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccuracyScoreTest {

  @Test
  void measuresTheDistanceOfTexts() {
    assertThat(AccuracyScore.distance("B123XY", "B123XY")).isZero();
    assertThat(AccuracyScore.distance("B128XY", "B12*XY")).isZero();
    assertThat(AccuracyScore.distance("B13XY", "B123XY")).isEqualTo(1);
    assertThat(AccuracyScore.distance("", "B1")).isEqualTo(2);
    assertThat(AccuracyScore.distance("XB12", "B13")).isEqualTo(2);
  }

  @Test
  void countsWhatWasFoundAndRead(@TempDir Path folder) throws IOException {
    Path table = folder.resolve("truth.tsv");
    Files.writeString(
        table,
        """
        image\tvehicle_class\tvehicle_box_xyxy\tplate_text\tplate_box_xyxy
        a.jpg\tcar\t0 0 100 100\tB 1* C\t40 60 60 70
        b.jpg\tbus\t0 0 100 100\tB 99 C\t40 60 60 70
        c.jpg\tcar\t0 0 100 100\t\t
        """);
    List<TruthTable.Row> rows = TruthTable.read(table);
    AccuracyScore score = new AccuracyScore();
    score.add(rows.get(0), image("B12C"));
    score.add(rows.get(1), image("B98C"));
    score.add(rows.get(2), null);

    assertThat(score)
        .hasToString(
            "plates exact 1/2 (50.0 %), found 2/2 (100.0 %), among the first 10 1/2 (50.0 %),"
                + " characters 0.875; vehicles 1/3 (33.3 %)");
    assertThat(score.misses())
        .containsExactly("b.jpg\tno bus", "b.jpg\twant B99C\tgot B98C", "c.jpg\tno car");
  }

  @Test
  void readsTheOtherFormOfBoxes(@TempDir Path folder) throws IOException {
    Path table = folder.resolve("truth.tsv");
    Files.writeString(
        table, "file\tregion\tx\ty\tw\th\tplate_text\nd/a.jpg\tus\t5\t6\t10\t4\tab-1\n");

    assertThat(TruthTable.read(table))
        .containsExactly(
            new TruthTable.Row("a.jpg", "AB1", new BoundingBox(5, 6, 15, 10), null, null, "us"));
  }

  @Test
  void saysWhichLineIsWrong(@TempDir Path folder) throws IOException {
    Path table = folder.resolve("truth.tsv");
    Files.writeString(table, "image\tplate_box_xyxy\na.jpg\t1 2 3\n");

    assertThatThrownBy(() -> TruthTable.read(table))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("line 2: found box '1 2 3', expected four numbers");
  }

  @Test
  void saysWhichPartOfABoxIsMissing(@TempDir Path folder) throws IOException {
    Path table = folder.resolve("truth.tsv");
    Files.writeString(table, "image\tx\ty\tw\th\na.jpg\t5\t\t10\t4\n");

    assertThatThrownBy(() -> TruthTable.read(table))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("line 2: found no y, expected a number for each of x, y, w and h");
  }

  private static RecognizedImage image(String text) {
    Detection car = new Detection("car", 0.9, new BoundingBox(2, 2, 98, 99));
    Detection plate = new Detection("plate", 0.9, new BoundingBox(41, 61, 60, 71));
    PlateRead read =
        new PlateRead(
            text,
            0.5,
            new float[text.length()],
            List.of(new PlateRead.Candidate(text, 0.5)),
            null,
            null,
            "local");
    return new RecognizedImage(
        100,
        100,
        List.of(
            new PlateOnVehicle(
                new PairedDetection(car, plate, PairingMethod.CONTAINMENT, 0.9, false),
                read,
                null)),
        1,
        1,
        1,
        1,
        4);
  }
}
