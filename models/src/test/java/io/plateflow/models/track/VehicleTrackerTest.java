package io.plateflow.models.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plateflow.models.config.ConfigCheck;
import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.detection.PairedDetection;
import io.plateflow.schemas.detection.PairingMethod;
import io.plateflow.schemas.geometry.BoundingBox;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VehicleTrackerTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final VehicleTracker tracker = new VehicleTracker(TrackerConfig.DEFAULT);
  private TrackerState state = TrackerState.empty();
  private final List<Track> ended = new ArrayList<>();
  private final List<TrackUpdate.Merge> merged = new ArrayList<>();
  private long sequence;

  @Test
  void carThatDrivesThroughIsOneTrackAtEveryRate() {
    for (double fps : new double[] {1.5, 2, 5, 12, 30}) {
      reset();
      Set<Long> numbers = new HashSet<>();
      // 400 pixels a second, 300 wide.
      for (double t = 0; t < 4; t += 1 / fps) {
        numbers.addAll(see(t, car(100 + 400 * t, 300, 300, 200)));
      }
      assertThat(numbers).as("%s frames/s", fps).hasSize(1);
      finish();
      assertThat(ended).hasSize(1);
      assertThat(ended.get(0).vehicleClass()).isEqualTo("car");
      assertThat(ended.get(0).lastBox().x1()).isGreaterThan(ended.get(0).firstBox().x1());
    }
  }

  @Test
  void vehicleThatComesNearAndGrowsFastIsOneTrack() {
    Set<Long> numbers = new HashSet<>();
    for (int i = 0; i < 15; i++) {
      double size = 60 * Math.exp(0.14 * i);
      double y = 150 + size * 0.9;
      PairedDetection both =
          pair(
              detection("car", 640 - size / 2, y, size, size * 0.8),
              detection("plate", 640 - size / 10, y + size * 0.6, size / 5, size / 16));
      numbers.addAll(see(i * 0.2, both));
    }
    assertThat(numbers).containsExactly(0L);
  }

  @Test
  void vehicleAtAFrameEveryFiveSecondsStaysWhereItStands() {
    List<Long> numbers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      numbers.addAll(see(5.0 * i, car(200 + 3 * i, 200, 300, 200)));
    }
    assertThat(new HashSet<>(numbers)).hasSize(1);
    // And a frame without it does not end it, two do.
    see(30);
    assertThat(state.tracks()).hasSize(1);
    see(35);
    see(40);
    assertThat(state.tracks()).isEmpty();
  }

  @Test
  void twoVehiclesThatCrossKeepTheirNumbers() {
    List<Long> left = new ArrayList<>();
    List<Long> right = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      List<Long> numbers =
          see(i * 0.1, car(100 + 40 * i, 300, 160, 120), car(1000 - 40 * i, 330, 170, 130));
      left.add(numbers.get(0));
      right.add(numbers.get(1));
    }
    assertThat(left).containsOnly(0L);
    assertThat(right).containsOnly(1L);
  }

  @Test
  void shortOcclusionDoesNotBreakATrack() {
    List<Long> numbers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      boolean hidden = i >= 8 && i < 14;
      numbers.addAll(hidden ? see(i * 0.2) : see(i * 0.2, car(100 + 30 * i, 300, 200, 150)));
    }
    assertThat(new HashSet<>(numbers)).hasSize(1);
  }

  @Test
  void longAbsenceEndsATrackOnce() {
    see(0, car(100, 300, 200, 150));
    see(0.2, car(110, 300, 200, 150));
    see(2.5, car(120, 300, 200, 150));
    assertThat(ended).hasSize(1);
    assertThat(ended.get(0).frames()).isEqualTo(2);
    assertThat(state.tracks()).extracting(Track::number).containsExactly(1L);
  }

  @Test
  void motorcycleBesideACarKeepsItsOwnTrack() {
    Set<Long> cars = new HashSet<>();
    Set<Long> motorcycles = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      // The motorcycle overtakes within the car's box.
      List<Long> numbers =
          see(
              i * 0.1,
              pair(detection("car", 300 + 2 * i, 200, 320, 260), null),
              pair(detection("motorcycle", 200 + 25 * i, 300, 90, 160), null));
      cars.add(numbers.get(0));
      motorcycles.add(numbers.get(1));
    }
    assertThat(cars).containsExactly(0L);
    assertThat(motorcycles).containsExactly(1L);
  }

  @Test
  void classIsTheOneThatMostFramesSpeakFor() {
    see(0, pair(new Detection("truck", 0.5, box(100, 300, 200, 150)), null));
    see(0.1, pair(new Detection("car", 0.8, box(102, 300, 200, 150)), null));
    see(0.2, pair(new Detection("car", 0.9, box(104, 300, 200, 150)), null));
    Track track = state.tracks().get(0);
    assertThat(track.vehicleClass()).isEqualTo("car");
    assertThat(track.vehicleScore()).isEqualTo(0.9);
    assertThat(state.tracks()).hasSize(1);
  }

  @Test
  void plateSeenBeforeItsVehicleBecomesTheVehiclesTrack() {
    Detection plate = detection("plate", 300, 500, 80, 25);
    assertThat(see(0, pair(null, plate))).containsExactly(0L);
    assertThat(see(0.1, pair(detection("car", 200, 300, 300, 260), plate))).containsExactly(0L);
    assertThat(state.tracks()).hasSize(1);
    assertThat(state.tracks().get(0).vehicleClass()).isEqualTo("car");
  }

  @Test
  void plateFollowedBesideItsVehicleIsMergedWhenTheyArePaired() {
    Detection car = detection("car", 200, 300, 300, 180);
    // Below the vehicle's box: nothing says yet that they belong together.
    Detection plate = detection("plate", 300, 500, 80, 25);
    assertThat(see(0, pair(car, null), pair(null, plate))).containsExactly(0L, 1L);
    assertThat(see(0.1, pair(car, plate))).containsExactly(0L);
    assertThat(merged).containsExactly(new TrackUpdate.Merge(1, 0));
    assertThat(state.tracks()).hasSize(1);
    finish();
    assertThat(ended).hasSize(1);
  }

  @Test
  void plateThatWasNotPairedThisTimeStaysWithItsVehicle() {
    Detection car = detection("car", 200, 300, 300, 180);
    Detection plate = detection("plate", 300, 440, 80, 25);
    see(0, pair(car, plate));
    assertThat(see(0.1, pair(car, null), pair(null, plate))).containsExactly(0L, 0L);
    Track track = state.tracks().get(0);
    assertThat(track.frames()).isEqualTo(2);
    assertThat(track.plate().frames()).isEqualTo(2);
  }

  @Test
  void clockThatJumpsBackBeginsAnew() {
    see(3600, car(100, 300, 200, 150));
    assertThat(see(0, car(100, 300, 200, 150))).containsExactly(1L);
    assertThat(ended).extracting(Track::number).containsExactly(0L);
    // A little jitter does not.
    assertThat(see(-0.1, car(101, 300, 200, 150))).containsExactly(1L);
    assertThat(see(0.3, car(102, 300, 200, 150))).containsExactly(1L);
  }

  @Test
  void clockThatJumpsAnHourAheadEndsWhatWasThere() {
    see(0, car(100, 300, 200, 150));
    assertThat(see(3600, car(100, 300, 200, 150))).containsExactly(1L);
    assertThat(ended).hasSize(1);
  }

  @Test
  void frameWithoutAnythingKeepsTheState() {
    assertThat(see(0)).isEmpty();
    assertThat(state.tracks()).isEmpty();
    assertThat(state.nextNumber()).isZero();
  }

  @Test
  void configNamesAllProblemsAtOnce() {
    assertThatThrownBy(
            () ->
                ConfigCheck.valid(
                    new TrackerConfig(Duration.ofSeconds(-1), 2, 2, 0.8, 0.8, 1.6, 0.5)))
        .hasMessageContaining("maxMissing: must be between 0s and 1d")
        .hasMessageContaining("minSimilarity: found 2.0, expected 1 or less")
        .hasMessageContaining("maxGrowth");
  }

  private void reset() {
    state = TrackerState.empty();
    ended.clear();
    sequence = 0;
  }

  private List<Long> see(double seconds, PairedDetection... detections) {
    TrackUpdate update =
        tracker.update(
            state, sequence++, START.plusNanos((long) (seconds * 1e9)), List.of(detections));
    state = update.state();
    ended.addAll(update.ended());
    merged.addAll(update.merged());
    return update.trackNumbers();
  }

  private void finish() {
    TrackUpdate update = tracker.finish(state);
    state = update.state();
    ended.addAll(update.ended());
  }

  private static PairedDetection car(double x, double y, double width, double height) {
    return pair(detection("car", x, y, width, height), null);
  }

  private static PairedDetection pair(Detection vehicle, Detection plate) {
    boolean both = vehicle != null && plate != null;
    return new PairedDetection(
        vehicle, plate, both ? PairingMethod.CONTAINMENT : null, both ? 1 : 0, false);
  }

  private static Detection detection(
      String label, double x, double y, double width, double height) {
    return new Detection(label, 0.8, box(x, y, width, height));
  }

  private static BoundingBox box(double x, double y, double width, double height) {
    return new BoundingBox(x, y, x + width, y + height);
  }
}
