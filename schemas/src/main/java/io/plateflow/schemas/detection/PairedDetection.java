package io.plateflow.schemas.detection;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A vehicle and its plate, or either alone.
 *
 * @param vehicle null where a plate has no vehicle
 * @param plate null where a vehicle has no plate
 * @param method null where there is no pair
 * @param confidence of the pairing, 0..1; 0 where there is no pair
 * @param ambiguous whether another assignment was nearly as good
 */
public record PairedDetection(
    @Nullable Detection vehicle,
    @Nullable Detection plate,
    @Nullable PairingMethod method,
    double confidence,
    boolean ambiguous) {

  public PairedDetection {
    if (vehicle == null && plate == null) {
      throw new IllegalArgumentException("A paired detection needs a vehicle or a plate");
    }
  }

  /** The vehicle, or the plate where there is none. */
  public Detection vehicleOrPlate() {
    return vehicle != null ? vehicle : Objects.requireNonNull(plate, "neither vehicle nor plate");
  }

  public DetectionType type() {
    if (vehicle == null) {
      return DetectionType.PLATE_WITHOUT_VEHICLE;
    }
    return plate == null ? DetectionType.VEHICLE_WITHOUT_PLATE : DetectionType.VEHICLE_WITH_PLATE;
  }
}
