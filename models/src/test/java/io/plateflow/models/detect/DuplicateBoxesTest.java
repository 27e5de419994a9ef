package io.plateflow.models.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.models.TestPictures;
import io.plateflow.models.image.PixelRegion;
import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.BoundingBox;
import java.util.List;
import org.junit.jupiter.api.Test;

class DuplicateBoxesTest {

  private static final Pixels FRAME = TestPictures.black(1000, 600);

  @Test
  void namesAVehicleOnce() {
    Detection car = vehicle("car", 0.6, 100, 100, 300, 250);
    Detection truck = vehicle("truck", 0.8, 102, 98, 305, 252);

    assertThat(DuplicateBoxes.mergeVehicles(List.of(car, truck))).containsExactly(truck);
  }

  @Test
  void takesAPartOfAVehicleAsTheSameVehicle() {
    Detection whole = vehicle("car", 0.9, 100, 100, 300, 250);
    Detection front = vehicle("car", 0.5, 110, 150, 295, 248);

    assertThat(DuplicateBoxes.mergeVehicles(List.of(front, whole))).containsExactly(whole);
  }

  @Test
  void keepsAMotorcycleInFrontOfACarAndASmallCarBehind() {
    Detection car = vehicle("car", 0.9, 100, 100, 300, 250);
    Detection motorcycle = vehicle("motorcycle", 0.8, 150, 110, 260, 250);
    Detection behind = vehicle("car", 0.7, 110, 105, 160, 140);

    assertThat(DuplicateBoxes.mergeVehicles(List.of(car, motorcycle, behind))).hasSize(3);
  }

  @Test
  void prefersTheWholePlateToACutOne() {
    PixelRegion crop = new PixelRegion(200, 100, 300, 300);
    PixelRegion other = new PixelRegion(400, 100, 300, 300);
    FoundPlate whole = FoundPlate.in(crop, FRAME, plate(0.6, 380, 300, 470, 330));
    FoundPlate cut = FoundPlate.in(other, FRAME, plate(0.9, 401, 301, 470, 330));

    assertThat(cut.cut()).isTrue();
    assertThat(whole.cut()).isFalse();
    assertThat(DuplicateBoxes.mergePlates(List.of(cut, whole))).containsExactly(whole.detection());
  }

  @Test
  void doesNotTakeTheFramesOwnEdgeForACut() {
    PixelRegion crop = new PixelRegion(0, 300, 300, 300);

    assertThat(FoundPlate.in(crop, FRAME, plate(0.6, 0, 560, 90, 600)).cut()).isFalse();
  }

  @Test
  void keepsPlatesSideBySide() {
    PixelRegion frame = PixelRegion.whole(FRAME);
    FoundPlate left = FoundPlate.in(frame, FRAME, plate(0.6, 100, 300, 200, 330));
    FoundPlate right = FoundPlate.in(frame, FRAME, plate(0.9, 195, 301, 290, 330));

    assertThat(DuplicateBoxes.mergePlates(List.of(left, right))).hasSize(2);
  }

  private static Detection vehicle(
      String label, double score, double x1, double y1, double x2, double y2) {
    return new Detection(label, score, new BoundingBox(x1, y1, x2, y2));
  }

  private static Detection plate(double score, double x1, double y1, double x2, double y2) {
    return vehicle("plate", score, x1, y1, x2, y2);
  }
}
