package io.plateflow.models.detect;

import io.plateflow.models.image.PixelRegion;
import io.plateflow.schemas.geometry.BoundingBox;

/**
 * Where a region of a frame came to lie in a model's input.
 *
 * @param region in pixels of the frame
 * @param scale input pixels per frame pixel
 * @param left padding before it, in input pixels
 * @param top padding above it, in input pixels
 */
public record Placement(PixelRegion region, double scale, int left, int top) {

  /** A box of the input as a box of the frame, cut to the region. */
  public BoundingBox toFrame(double x1, double y1, double x2, double y2) {
    double fx1 = along(x1, left, region.x(), region.width());
    double fy1 = along(y1, top, region.y(), region.height());
    return new BoundingBox(
        fx1,
        fy1,
        Math.max(fx1, along(x2, left, region.x(), region.width())),
        Math.max(fy1, along(y2, top, region.y(), region.height())));
  }

  private double along(double value, int padding, int start, int extent) {
    return start + Math.max(0, Math.min(extent, (value - padding) / scale));
  }
}
