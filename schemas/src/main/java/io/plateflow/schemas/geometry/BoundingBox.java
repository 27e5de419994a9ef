package io.plateflow.schemas.geometry;

/**
 * An axis-aligned box in pixels of the frame it was found in: {@code x1 <= x2}, {@code y1 <= y2},
 * origin top left, edges may be fractional.
 */
public record BoundingBox(double x1, double y1, double x2, double y2) {

  public BoundingBox {
    if (!(x1 <= x2) || !(y1 <= y2)) {
      throw new IllegalArgumentException(
          "Not a box: found x1=%s y1=%s x2=%s y2=%s, expected x1<=x2 and y1<=y2"
              .formatted(x1, y1, x2, y2));
    }
  }

  public double width() {
    return x2 - x1;
  }

  public double height() {
    return y2 - y1;
  }

  public double area() {
    return width() * height();
  }

  public double centreX() {
    return (x1 + x2) / 2;
  }

  public double centreY() {
    return (y1 + y2) / 2;
  }

  /** The area shared with another box, in square pixels. */
  public double intersection(BoundingBox other) {
    double w = Math.min(x2, other.x2) - Math.max(x1, other.x1);
    double h = Math.min(y2, other.y2) - Math.max(y1, other.y1);
    return w <= 0 || h <= 0 ? 0 : w * h;
  }

  /** Intersection over union, 0..1; 0 for two empty boxes. */
  public double iou(BoundingBox other) {
    double shared = intersection(other);
    double union = area() + other.area() - shared;
    return union <= 0 ? 0 : shared / union;
  }

  /** The share of this box that lies within the other, 0..1; an empty box counts by its centre. */
  public double shareWithin(BoundingBox other) {
    return area() > 0 ? intersection(other) / area() : other.contains(centreX(), centreY()) ? 1 : 0;
  }

  public boolean contains(double x, double y) {
    return x >= x1 && x <= x2 && y >= y1 && y <= y2;
  }

  /** This box grown by so many pixels on every side and cut to a frame of the given size. */
  public BoundingBox padded(double left, double top, int frameWidth, int frameHeight) {
    double nx1 = clamp(x1 - left, frameWidth);
    double ny1 = clamp(y1 - top, frameHeight);
    return new BoundingBox(
        nx1,
        ny1,
        Math.max(nx1, clamp(x2 + left, frameWidth)),
        Math.max(ny1, clamp(y2 + top, frameHeight)));
  }

  /** This box moved by the given offset. */
  public BoundingBox shifted(double dx, double dy) {
    return new BoundingBox(x1 + dx, y1 + dy, x2 + dx, y2 + dy);
  }

  private static double clamp(double v, double max) {
    return Math.max(0, Math.min(max, v));
  }
}
