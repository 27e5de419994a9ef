package io.plateflow.models.image;

import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.BoundingBox;

/** A part of a picture in whole pixels, at least one wide and high, inside the picture. */
public record PixelRegion(int x, int y, int width, int height) {

  public PixelRegion {
    if (x < 0 || y < 0 || width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "Not a region: found x=%d y=%d width=%d height=%d".formatted(x, y, width, height));
    }
  }

  public static PixelRegion whole(Pixels pixels) {
    return new PixelRegion(0, 0, pixels.width(), pixels.height());
  }

  /** The smallest region that covers what the box shares with the picture. */
  public static PixelRegion covering(BoundingBox box, Pixels pixels) {
    int left = clamp(Math.floor(box.x1()), pixels.width() - 1);
    int top = clamp(Math.floor(box.y1()), pixels.height() - 1);
    int right = clamp(Math.ceil(box.x2()), pixels.width());
    int bottom = clamp(Math.ceil(box.y2()), pixels.height());
    return new PixelRegion(left, top, Math.max(1, right - left), Math.max(1, bottom - top));
  }

  public BoundingBox box() {
    return new BoundingBox(x, y, x + width, y + height);
  }

  private static int clamp(double value, int highest) {
    return (int) Math.max(0, Math.min(highest, value));
  }
}
