package io.plateflow.schemas.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.schemas.geometry.Area.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

class DetectionAreasTest {

  private static final Area LEFT_HALF = area(0, 0, 0.5, 1);
  private static final Area TOP_LEFT = area(0, 0, 0.5, 0.5);

  @Test
  void theWholeFrameIsWatchedWhereNothingIsSaid() {
    assertThat(DetectionAreas.WHOLE_FRAME.watches(0.9, 0.1)).isTrue();
    assertThat(DetectionAreas.WHOLE_FRAME.ignores(new BoundingBox(0, 0, 9, 9), 640, 360)).isFalse();
  }

  @Test
  void whatIsIgnoredLiesInsideTheAreasToo() {
    DetectionAreas areas = new DetectionAreas(List.of(LEFT_HALF), List.of(TOP_LEFT));
    assertThat(areas.watches(0.25, 0.75)).isTrue();
    assertThat(areas.watches(0.25, 0.25)).isFalse();
    assertThat(areas.watches(0.75, 0.75)).isFalse();
  }

  @Test
  void aBoxIsIgnoredWhereHalfOfItIsCovered() {
    DetectionAreas areas = new DetectionAreas(List.of(), List.of(LEFT_HALF));
    assertThat(areas.ignores(new BoundingBox(100, 100, 200, 200), 640, 360)).isTrue();
    assertThat(areas.ignores(new BoundingBox(300, 100, 340, 200), 640, 360)).isTrue();
    assertThat(areas.ignores(new BoundingBox(305, 100, 345, 200), 640, 360)).isFalse();
    assertThat(areas.ignores(new BoundingBox(400, 100, 500, 200), 640, 360)).isFalse();
  }

  @Test
  void aTruckBeforeASmallMaskIsSeen() {
    DetectionAreas sign = new DetectionAreas(List.of(), List.of(area(0.4, 0.4, 0.6, 0.6)));
    BoundingBox truck = new BoundingBox(200, 100, 440, 260);
    assertThat(sign.ignores(truck, 640, 360)).isFalse();
  }

  @Test
  void masksCoverTogetherAndTheirCommonPartCountsOnce() {
    BoundingBox box = new BoundingBox(0, 0, 640, 360);
    Area second = area(0.5, 0, 0.8, 0.5);
    assertThat(new DetectionAreas(List.of(), List.of(TOP_LEFT, second)).ignores(box, 640, 360))
        .isFalse();
    assertThat(new DetectionAreas(List.of(), List.of(TOP_LEFT, TOP_LEFT)).ignores(box, 640, 360))
        .isFalse();
    Area bottom = area(0, 0.5, 0.2, 1);
    assertThat(
            new DetectionAreas(List.of(), List.of(TOP_LEFT, second, bottom)).ignores(box, 640, 360))
        .isTrue();
  }

  @Test
  void anEmptyBoxCountsByItsPlace() {
    DetectionAreas areas = new DetectionAreas(List.of(), List.of(LEFT_HALF));
    assertThat(areas.ignores(new BoundingBox(9, 9, 9, 9), 640, 360)).isTrue();
    assertThat(areas.ignores(new BoundingBox(500, 9, 500, 9), 640, 360)).isFalse();
  }

  private static Area area(double x1, double y1, double x2, double y2) {
    return new Area(
        List.of(new Point(x1, y1), new Point(x2, y1), new Point(x2, y2), new Point(x1, y2)));
  }
}
