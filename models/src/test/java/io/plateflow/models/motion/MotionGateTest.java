package io.plateflow.models.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plateflow.models.TestPictures;
import io.plateflow.models.config.ConfigCheck;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.Area;
import io.plateflow.schemas.geometry.Area.Point;
import io.plateflow.schemas.geometry.DetectionAreas;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MotionGateTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final MotionGate gate = new MotionGate(MotionConfig.DEFAULT);
  private MotionReference reference;

  @Test
  void letsTheFirstFrameThroughAndAParkedSceneOnceASecond() {
    assertThat(moved(scene(0), at(0))).isTrue();
    assertThat(moved(scene(0), at(100))).isFalse();
    assertThat(moved(scene(0), at(999))).isFalse();
    assertThat(moved(scene(0), at(1000))).isTrue();
    assertThat(moved(scene(0), at(1500))).isFalse();
  }

  @Test
  void seesAVehicleMove() {
    moved(scene(100), at(0));

    assertThat(moved(scene(140), at(40))).isTrue();
  }

  @Test
  void seesASlowVehicleAddUp() {
    moved(scene(100), at(0));
    boolean seen = false;
    for (int step = 1; step < 24 && !seen; step++) {
      seen = moved(scene(100 + step), at(40 * step));
    }

    assertThat(seen).isTrue();
  }

  @Test
  void takesNoNoticeOfTheLightChanging() {
    moved(plain(100), at(0));

    assertThat(moved(plain(125), at(40))).isFalse();
  }

  @Test
  void letsAnotherSizeThrough() {
    moved(scene(0), at(0));

    assertThat(moved(TestPictures.black(320, 180), at(40))).isTrue();
  }

  @Test
  void looksInsideTheAreasOnly() {
    Area right =
        new Area(List.of(new Point(0.5, 0), new Point(1, 0), new Point(1, 1), new Point(0.5, 1)));
    MotionGate half =
        new MotionGate(MotionConfig.DEFAULT, new DetectionAreas(List.of(right), List.of()));
    moved(half, scene(100), at(0));

    assertThat(moved(half, scene(160), at(40))).isFalse();
    assertThat(moved(half, scene(460), at(80))).isTrue();
  }

  @Test
  void takesNoNoticeOfWhatIsIgnored() {
    Area left =
        new Area(List.of(new Point(0, 0), new Point(0.5, 0), new Point(0.5, 1), new Point(0, 1)));
    MotionGate half =
        new MotionGate(MotionConfig.DEFAULT, new DetectionAreas(List.of(), List.of(left)));
    moved(half, scene(100), at(0));

    assertThat(moved(half, scene(160), at(40))).isFalse();
    assertThat(moved(half, scene(460), at(80))).isTrue();
  }

  @Test
  void goesOnWhenTheClockIsSetBack() {
    moved(scene(0), at(10_000));

    assertThat(moved(scene(0), at(0))).isTrue();
  }

  @Test
  void takesTheSmallestPicture() {
    assertThat(moved(TestPictures.black(1, 1), at(0))).isTrue();
  }

  @Test
  void checksItsConfiguration() {
    assertThatThrownBy(() -> ConfigCheck.valid(new MotionConfig(-1, 0.1, Duration.ZERO)))
        .hasMessageContaining("minGreyChange");
    assertThatThrownBy(() -> ConfigCheck.valid(new MotionConfig(1, 1.1, Duration.ZERO)))
        .hasMessageContaining("minChangedShare");
    assertThatThrownBy(() -> ConfigCheck.valid(new MotionConfig(1, 0.1, Duration.ofSeconds(-1))))
        .hasMessageContaining("refresh");
  }

  @Test
  void goesOnWithAReferenceThatWasKeptElsewhere() {
    moved(scene(100), at(0));
    gate.look(null, scene(300), at(20));

    assertThat(new MotionGate(MotionConfig.DEFAULT).look(reference, scene(100), at(40)))
        .isSameAs(reference);
    assertThat(moved(scene(140), at(60))).isTrue();
  }

  private boolean moved(Pixels pixels, Instant capturedAt) {
    return moved(gate, pixels, capturedAt);
  }

  private boolean moved(MotionGate by, Pixels pixels, Instant capturedAt) {
    MotionReference before = reference;
    reference = by.look(before, pixels, capturedAt);
    return reference != before;
  }

  /** A bright block on dark ground. */
  private static Pixels scene(int x) {
    return TestPictures.paint(plain(60), x, 150, 80, 60, 200, 200, 200);
  }

  private static Pixels plain(int grey) {
    return TestPictures.paint(TestPictures.black(640, 360), 0, 0, 640, 360, grey, grey, grey);
  }

  private static Instant at(long millis) {
    return START.plusMillis(millis);
  }
}
