package io.plateflow.schemas.geometry;

import java.io.Serializable;
import java.util.List;

/**
 * A detection area: a simple polygon in fractions (0..1) of the frame's width and height, so that
 * it holds for every resolution of the camera.
 *
 * @param points at least three corners, in order; the last joins the first
 */
public record Area(List<Point> points) implements Serializable {

  /** A corner, both coordinates 0..1 of the frame. */
  public record Point(double x, double y) implements Serializable {
    public Point {
      if (!(x >= 0 && x <= 1 && y >= 0 && y <= 1)) {
        throw new IllegalArgumentException(
            "Area corner outside the frame: found (%s, %s), expected 0..1".formatted(x, y));
      }
    }
  }

  public Area {
    points = List.copyOf(points);
    if (points.size() < 3) {
      throw new IllegalArgumentException(
          "Area with too few corners: found %d, expected at least 3".formatted(points.size()));
    }
  }

  /** Whether a point, in fractions of the frame, lies inside (even-odd rule). */
  public boolean contains(double x, double y) {
    boolean inside = false;
    for (int i = 0, j = points.size() - 1; i < points.size(); j = i++) {
      Point a = points.get(i);
      Point b = points.get(j);
      if (a.y() > y != b.y() > y && x < (b.x() - a.x()) * (y - a.y()) / (b.y() - a.y()) + a.x()) {
        inside = !inside;
      }
    }
    return inside;
  }
}
