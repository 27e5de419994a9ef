package io.plateflow.models.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.detection.DetectionType;
import io.plateflow.schemas.detection.PairedDetection;
import io.plateflow.schemas.detection.PairingMethod;
import io.plateflow.schemas.geometry.BoundingBox;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlatePairingTest {

  private static final Detection CAR = vehicle("car", 100, 100, 300, 250);
  private static final Detection CAR_PLATE = plate(170, 200, 230, 220);

  @Test
  void pairsNothingWithNothing() {
    assertThat(PlatePairing.pair(List.of(), List.of())).isEmpty();
  }

  @Test
  void pairsByContainment() {
    List<PairedDetection> pairs = PlatePairing.pair(List.of(CAR), List.of(CAR_PLATE));

    assertThat(pairs).hasSize(1);
    PairedDetection pair = pairs.get(0);
    assertThat(pair.type()).isEqualTo(DetectionType.VEHICLE_WITH_PLATE);
    assertThat(pair.method()).isEqualTo(PairingMethod.CONTAINMENT);
    assertThat(pair.confidence()).isBetween(0.8, 1.0);
    assertThat(pair.ambiguous()).isFalse();
  }

  @Test
  void pairsByOverlapWithLessConfidence() {
    Detection low = plate(170, 240, 230, 260);

    PairedDetection pair = PlatePairing.pair(List.of(CAR), List.of(low)).get(0);

    assertThat(pair.method()).isEqualTo(PairingMethod.OVERLAP);
    assertThat(pair.confidence())
        .isLessThan(PlatePairing.pair(List.of(CAR), List.of(CAR_PLATE)).get(0).confidence());
  }

  @Test
  void leavesStrangersApart() {
    Detection far = plate(600, 200, 660, 220);

    List<PairedDetection> pairs = PlatePairing.pair(List.of(CAR), List.of(far));

    assertThat(pairs)
        .extracting(PairedDetection::type)
        .containsExactly(DetectionType.VEHICLE_WITHOUT_PLATE, DetectionType.PLATE_WITHOUT_VEHICLE);
    assertThat(pairs.get(0).method()).isNull();
  }

  @Test
  void givesThePlateToTheMotorcycleInFrontOfTheCar() {
    Detection car = vehicle("car", 50, 50, 450, 350);
    Detection motorcycle = vehicle("motorcycle", 200, 150, 300, 360);
    Detection plate = plate(235, 260, 275, 290);

    assertThat(plateOf(motorcycle, PlatePairing.pair(List.of(car, motorcycle), List.of(plate))))
        .isEqualTo(plate);
  }

  @Test
  void givesThePlateToTheSmallerCarThatHoldsIt() {
    Detection bus = vehicle("bus", 0, 0, 600, 500);
    Detection car = vehicle("car", 180, 250, 420, 480);
    Detection plate = plate(265, 400, 335, 425);

    assertThat(plateOf(car, PlatePairing.pair(List.of(bus, car), List.of(plate)))).isEqualTo(plate);
  }

  @Test
  void assignsAllTogetherRatherThanFirstComeFirstServed() {
    // Both plates lie in the rear car; the front car holds only the lower one, and needs it.
    Detection rear = vehicle("car", 100, 100, 400, 400);
    Detection front = vehicle("car", 90, 300, 300, 520);
    Detection upper = plate(290, 330, 350, 350);
    Detection lower = plate(200, 360, 260, 380);

    for (List<Detection> vehicles : orders(List.of(rear, front))) {
      for (List<Detection> plates : orders(List.of(upper, lower))) {
        List<PairedDetection> pairs = PlatePairing.pair(vehicles, plates);
        assertThat(plateOf(rear, pairs)).isEqualTo(upper);
        assertThat(plateOf(front, pairs)).isEqualTo(lower);
      }
    }
  }

  @Test
  void keepsEachPlateOfVehiclesThatOverlapInARow() {
    List<Detection> cars = new ArrayList<>();
    List<Detection> plates = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      cars.add(vehicle("car", 150 * i, 100, 150 * i + 220, 260));
      plates.add(plate(150 * i + 85, 200, 150 * i + 135, 216));
    }

    List<PairedDetection> pairs = PlatePairing.pair(cars, plates);

    for (int i = 0; i < 6; i++) {
      assertThat(plateOf(cars.get(i), pairs)).isEqualTo(plates.get(i));
    }
    assertThat(pairs).noneMatch(PairedDetection::ambiguous);
  }

  @Test
  void marksANearTie() {
    // Two cars mirrored around the plate that both hold.
    Detection left = vehicle("car", 100, 100, 310, 250);
    Detection right = vehicle("car", 190, 100, 400, 250);
    Detection between = plate(220, 200, 280, 220);

    List<PairedDetection> pairs = PlatePairing.pair(List.of(left, right), List.of(between));

    assertThat(pairs).filteredOn(pair -> pair.plate() != null).hasSize(1);
    assertThat(pairs).filteredOn(pair -> pair.plate() != null).allMatch(PairedDetection::ambiguous);
  }

  @Test
  void givesAVehicleOnePlate() {
    Detection sticker = new Detection("plate", 0.4, new BoundingBox(120, 120, 150, 130));

    List<PairedDetection> pairs = PlatePairing.pair(List.of(CAR), List.of(sticker, CAR_PLATE));

    assertThat(plateOf(CAR, pairs)).isEqualTo(CAR_PLATE);
    assertThat(pairs.get(1).type()).isEqualTo(DetectionType.PLATE_WITHOUT_VEHICLE);
    assertThat(pairs.get(1).plate()).isEqualTo(sticker);
  }

  @Test
  void copesWithACrowd() {
    List<Detection> cars = new ArrayList<>();
    List<Detection> plates = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      cars.add(vehicle("car", 5 * i, 0, 5 * i + 400, 300));
      plates.add(plate(5 * i + 180, 200, 5 * i + 220, 215));
    }

    assertThat(PlatePairing.pair(cars, plates)).hasSize(60);
  }

  private static List<List<Detection>> orders(List<Detection> two) {
    List<Detection> reversed = new ArrayList<>(two);
    Collections.reverse(reversed);
    return List.of(two, reversed);
  }

  private static Detection plateOf(Detection vehicle, List<PairedDetection> pairs) {
    return pairs.stream()
        .filter(pair -> vehicle.equals(pair.vehicle()))
        .findFirst()
        .orElseThrow()
        .plate();
  }

  private static Detection vehicle(String label, double x1, double y1, double x2, double y2) {
    return new Detection(label, 0.9, new BoundingBox(x1, y1, x2, y2));
  }

  private static Detection plate(double x1, double y1, double x2, double y2) {
    return new Detection("plate", 0.9, new BoundingBox(x1, y1, x2, y2));
  }
}
