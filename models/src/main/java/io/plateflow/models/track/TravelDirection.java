package io.plateflow.models.track;

import io.plateflow.schemas.geometry.BoundingBox;
import java.util.Locale;

/**
 * Which way a vehicle went, as the camera sees it. What comes nearer grows and sinks in the
 * picture, what goes away shrinks and rises; what does neither goes across or stands.
 */
public enum TravelDirection {
  TOWARDS,
  AWAY,
  LEFT,
  RIGHT,
  STANDING;

  /** Growth by so much of its size (natural logarithm of a side), or as much sinking, is a move. */
  private static final double LEAST_DEPTH = 0.12;

  /** Going across by so much of its width is a move. */
  private static final double LEAST_ACROSS = 0.35;

  /** A box cut by the picture's edge grows less than its vehicle comes nearer, but sinks. */
  private static final double SINKING_WEIGHT = 0.5;

  /**
   * @param first box of the vehicle
   * @param last box of the same vehicle, later
   */
  public static TravelDirection of(BoundingBox first, BoundingBox last) {
    double side = Math.sqrt(Math.sqrt(Math.max(1, first.area() * last.area())));
    double growth = Math.log(Math.max(1, last.area()) / Math.max(1, first.area())) / 2;
    double sinking = (last.y2() - first.y2()) / side;
    double depth = growth + SINKING_WEIGHT * sinking;
    double across = (last.centreX() - first.centreX()) / side;
    if (Math.abs(depth) >= LEAST_DEPTH && Math.abs(depth) >= Math.abs(across) / 3) {
      return depth > 0 ? TOWARDS : AWAY;
    }
    if (Math.abs(across) >= LEAST_ACROSS) {
      return across > 0 ? RIGHT : LEFT;
    }
    return STANDING;
  }

  /** As it is written in tables and events: {@code towards}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
