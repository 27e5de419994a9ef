package io.plateflow.models.engine;

import org.jspecify.annotations.Nullable;

/**
 * What one frame wants other than the engine's configuration says.
 *
 * @param plateConfidence lowest score of a plate that counts, 0..1; null takes the engine's
 * @param singleLook whether plates are sought once, in the whole frame, instead of in vehicles
 *     first
 * @param background whether frames without this go first
 * @param vehiclesOnly whether no plates are sought
 */
public record DetectionChoice(
    @Nullable Double plateConfidence,
    boolean singleLook,
    boolean background,
    boolean vehiclesOnly) {

  /** As configured: a frame of a camera. */
  public static final DetectionChoice LIVE = new DetectionChoice(null, false, false);

  /** Vehicles and plates. */
  public DetectionChoice(@Nullable Double plateConfidence, boolean singleLook, boolean background) {
    this(plateConfidence, singleLook, background, false);
  }

  public DetectionChoice {
    if (plateConfidence != null && !(plateConfidence >= 0 && plateConfidence <= 1)) {
      throw new IllegalArgumentException(
          "Plate confidence: found %s, expected 0..1".formatted(plateConfidence));
    }
  }
}
