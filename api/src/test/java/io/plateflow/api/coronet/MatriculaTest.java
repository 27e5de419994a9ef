package io.plateflow.api.coronet;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.models.recognition.PlateOnVehicle;
import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.detection.PairedDetection;
import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.plate.PlateAttributes;
import io.plateflow.schemas.plate.PlateRead;
import java.util.List;
import org.junit.jupiter.api.Test;

class MatriculaTest {

  private static final BoundingBox PLATE = new BoundingBox(10, 10, 40, 20);

  private static PlateOnVehicle found(int vehicleSize, String text, String number) {
    Detection vehicle =
        vehicleSize == 0
            ? null
            : new Detection("car", 0.9, new BoundingBox(0, 0, vehicleSize, vehicleSize));
    Detection plate = text == null ? null : new Detection("plate", 0.9, PLATE);
    return new PlateOnVehicle(
        new PairedDetection(vehicle, plate, null, 0, false),
        text == null
            ? null
            : new PlateRead(text, 0.9, new float[text.length()], List.of(), null, null, "local"),
        number == null
            ? null
            : new PlateAttributes(
                number, null, null, null, null, null, false, null, null, null, null));
  }

  @Test
  void theNearestVehicleThatHasOneCounts() {
    assertThat(
            Matricula.of(
                List.of(
                    found(100, "FAR1", "FAR1"),
                    found(300, "NEAR1", "NEAR1"),
                    found(500, null, null),
                    found(0, "LONE1", "LONE1"))))
        .isEqualTo("NEAR1");
    assertThat(Matricula.of(List.of(found(0, "LONE1", null), found(500, null, null))))
        .isEqualTo("LONE1");
  }

  @Test
  void hyphensStayAndAllElseButLettersAndDigitsGoes() {
    assertThat(Matricula.of(List.of(found(9, "B1234CD", "B 1234 CD")))).isEqualTo("B1234CD");
    assertThat(Matricula.of(List.of(found(9, "34A36837", "34A-368.37")))).isEqualTo("34A-36837");
    assertThat(Matricula.of(List.of(found(9, "ABCDEFGHIJKL", "ABCD-EFGH-IJKL"))))
        .isEqualTo("ABCD-EFGH-");
  }

  @Test
  void nothingHasAName() {
    assertThat(Matricula.of(List.of())).isEqualTo("NO_DETECTADA");
    assertThat(Matricula.of(List.of(found(9, null, null)))).isEqualTo("NO_DETECTADA");
  }
}
