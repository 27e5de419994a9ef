package io.plateflow.models.pairing;

import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.detection.PairingMethod;
import io.plateflow.schemas.geometry.BoundingBox;
import org.jspecify.annotations.Nullable;

/**
 * How well a plate sits on a vehicle.
 *
 * @param method null where they do not belong together
 * @param geometry 0..1: of two vehicles around a plate the nearer one, whose plate sits low and in
 *     its middle and takes more of its width, fits better
 */
record PairFit(@Nullable PairingMethod method, double geometry) {

  static final PairFit NONE = new PairFit(null, 0);

  // A plate may stick out by the inaccuracy of two boxes and still be inside.
  private static final double CONTAINED_SHARE = 0.9;
  // Less than this is a neighbour's plate that touches the box.
  private static final double LEAST_SHARE = 0.3;
  private static final double BEST_OVERLAP = 0.6;
  // Plates take roughly this share of the vehicle's width; a tenth of it is a vehicle far in front.
  private static final double USUAL_WIDTH_SHARE = 0.25;

  static PairFit of(Detection vehicle, Detection plate) {
    double share = plate.box().shareWithin(vehicle.box());
    if (share < LEAST_SHARE || plate.box().width() > vehicle.box().width()) {
      return NONE;
    }
    double place = place(vehicle.box(), plate.box());
    return share >= CONTAINED_SHARE
        ? new PairFit(PairingMethod.CONTAINMENT, 0.5 + 0.5 * place)
        : new PairFit(PairingMethod.OVERLAP, share * BEST_OVERLAP * (0.5 + 0.5 * place));
  }

  private static double place(BoundingBox vehicle, BoundingBox plate) {
    double across = 2 * Math.abs(plate.centreX() - vehicle.centreX()) / vehicle.width();
    double down = (plate.centreY() - vehicle.y1()) / vehicle.height();
    double middle = 1 - Math.min(1, across);
    double low = Math.max(0, Math.min(1, down / 0.5));
    double width = Math.min(1, plate.width() / vehicle.width() / USUAL_WIDTH_SHARE);
    return 0.35 * middle + 0.35 * low + 0.3 * width;
  }

  boolean fits() {
    return method != null;
  }
}
