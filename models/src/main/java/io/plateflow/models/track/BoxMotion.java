package io.plateflow.models.track;

import io.plateflow.schemas.geometry.BoundingBox;

/**
 * Where a box is and how it moves: centre in pixels, sides as logarithms (a vehicle that comes
 * nearer grows by a factor per second, not by pixels), rates per second. An alpha-beta filter
 * (Benedict and Bordner 1962), the steady state of a constant-velocity Kalman filter.
 */
public record BoxMotion(
    double x,
    double y,
    double logWidth,
    double logHeight,
    double rateX,
    double rateY,
    double rateLogWidth,
    double rateLogHeight) {

  /** How far a new sighting moves the estimate of the place towards itself. */
  private static final double ALPHA = 0.75;

  /** The same for the rates. */
  private static final double BETA = 0.4;

  /** No prediction is carried further than this: what is hidden for longer may have stopped. */
  private static final double MAX_PREDICTED_SECONDS = 2;

  static BoxMotion at(BoundingBox box) {
    return new BoxMotion(
        box.centreX(), box.centreY(), logSide(box.width()), logSide(box.height()), 0, 0, 0, 0);
  }

  /** The box that is expected so many seconds later. */
  BoundingBox predicted(double seconds) {
    double t = Math.min(seconds, MAX_PREDICTED_SECONDS);
    double halfWidth = Math.exp(logWidth + rateLogWidth * t) / 2;
    double halfHeight = Math.exp(logHeight + rateLogHeight * t) / 2;
    double px = x + rateX * t;
    double py = y + rateY * t;
    return new BoundingBox(px - halfWidth, py - halfHeight, px + halfWidth, py + halfHeight);
  }

  /**
   * The motion after a sighting.
   *
   * @param second whether it is the track's second one: its rates are then taken as they are
   */
  BoxMotion seen(BoundingBox box, double seconds, boolean second) {
    if (seconds <= 0) {
      return new BoxMotion(
          box.centreX(),
          box.centreY(),
          logSide(box.width()),
          logSide(box.height()),
          rateX,
          rateY,
          rateLogWidth,
          rateLogHeight);
    }
    double t = Math.min(seconds, MAX_PREDICTED_SECONDS);
    double alpha = second ? 1 : ALPHA;
    double beta = (second ? 1 : BETA) / seconds;
    double dx = box.centreX() - (x + rateX * t);
    double dy = box.centreY() - (y + rateY * t);
    double dw = logSide(box.width()) - (logWidth + rateLogWidth * t);
    double dh = logSide(box.height()) - (logHeight + rateLogHeight * t);
    return new BoxMotion(
        x + rateX * t + alpha * dx,
        y + rateY * t + alpha * dy,
        logWidth + rateLogWidth * t + alpha * dw,
        logHeight + rateLogHeight * t + alpha * dh,
        rateX + beta * dx,
        rateY + beta * dy,
        bounded(rateLogWidth + beta * dw),
        bounded(rateLogHeight + beta * dh));
  }

  /** Nothing before a gate grows or shrinks faster than by a factor e per second. */
  private static double bounded(double rate) {
    return Math.max(-1, Math.min(1, rate));
  }

  private static double logSide(double side) {
    return Math.log(Math.max(1, side));
  }
}
