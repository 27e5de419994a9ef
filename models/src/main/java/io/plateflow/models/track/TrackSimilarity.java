package io.plateflow.models.track;

import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.detection.PairedDetection;
import io.plateflow.schemas.geometry.BoundingBox;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** How well a detection continues a track, 0..1: place, size and class. */
final class TrackSimilarity {

  /** Place without overlap counts less than overlap. */
  private static final double NEAR = 0.7;

  /** Share of the vehicle's box where both boxes are known; the rest is the plate's. */
  private static final double VEHICLE_SHARE = 0.6;

  /** A plate is small beside the way it goes, so its gate is this many times wider. */
  private static final double PLATE_GATE = 2;

  /** One shows the vehicle only, the other its plate only, at the place where it would be. */
  private static final double PLATE_WITHIN = 0.35;

  private static final double OTHER_SIZE_OF_VEHICLE = 0.9;
  private static final double OTHER_KIND_OF_VEHICLE = 0.4;

  private static final Set<String> TWO_WHEELED =
      Set.of("motorcycle", "motorbike", "bicycle", "scooter");

  private final TrackerConfig config;

  TrackSimilarity(TrackerConfig config) {
    this.config = config;
  }

  /** How well two sightings of a plate go together, by place alone. */
  double plate(TrackedBox before, Detection plate, Instant at) {
    double seconds = seconds(before.seenAt(), at);
    BoundingBox predicted = before.predicted(at);
    return place(predicted, plate.box(), predicted.width(), seconds, PLATE_GATE * gate(seconds));
  }

  double of(Track track, PairedDetection detection, Instant at) {
    Detection vehicle = detection.vehicle();
    Detection plate = detection.plate();
    TrackedBox vehicleBefore = track.vehicle();
    TrackedBox plateBefore = track.plate();
    if (vehicleBefore != null && vehicle != null) {
      String label = track.classVotes().get(0).vehicleClass();
      double vehicles = vehicle(vehicleBefore, label, vehicle, at);
      return plateBefore != null && plate != null
          ? VEHICLE_SHARE * vehicles + (1 - VEHICLE_SHARE) * plate(plateBefore, plate, at)
          : vehicles;
    }
    if (plateBefore != null && plate != null) {
      return plate(plateBefore, plate, at);
    }
    if (vehicleBefore != null && plate != null) {
      return isWithin(vehicleBefore.predicted(at), plate.box()) ? PLATE_WITHIN : 0;
    }
    return plateBefore != null
            && vehicle != null
            && isWithin(vehicle.box(), plateBefore.predicted(at))
        ? PLATE_WITHIN
        : 0;
  }

  private static boolean isWithin(BoundingBox vehicle, BoundingBox plate) {
    return vehicle.contains(plate.centreX(), plate.centreY());
  }

  private double vehicle(TrackedBox before, String label, Detection vehicle, Instant at) {
    double seconds = seconds(before.seenAt(), at);
    BoundingBox predicted = before.predicted(at);
    double length = Math.sqrt(Math.sqrt(Math.max(1, predicted.area() * vehicle.box().area())));
    return classes(label, vehicle.label())
        * place(predicted, vehicle.box(), length, seconds, gate(seconds));
  }

  private double place(
      BoundingBox predicted, BoundingBox seen, double length, double seconds, double gate) {
    double growth = config.maxGrowth() * (1 + Math.min(1, seconds));
    if (ratio(predicted.width(), seen.width()) > growth
        || ratio(predicted.height(), seen.height()) > growth) {
      return 0;
    }
    double way =
        Math.hypot(predicted.centreX() - seen.centreX(), predicted.centreY() - seen.centreY())
            / Math.max(1, length);
    if (way >= gate) {
      return 0;
    }
    return Math.max(predicted.iou(seen), NEAR * (1 - way / gate));
  }

  private double gate(double seconds) {
    return Math.min(config.maxGate(), config.gate() + config.gatePerSecond() * seconds);
  }

  private static double classes(String a, String b) {
    if (a.equals(b)) {
      return 1;
    }
    return TWO_WHEELED.contains(a) == TWO_WHEELED.contains(b)
        ? OTHER_SIZE_OF_VEHICLE
        : OTHER_KIND_OF_VEHICLE;
  }

  private static double ratio(double a, double b) {
    return Math.max(a + 1, b + 1) / Math.min(a + 1, b + 1);
  }

  static double seconds(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toNanos() / 1e9);
  }
}
