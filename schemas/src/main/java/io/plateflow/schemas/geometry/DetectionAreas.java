package io.plateflow.schemas.geometry;

import java.util.List;

/**
 * Where vehicles and plates are looked for.
 *
 * @param within empty means the whole frame
 * @param ignored what lies in them counts as not there, inside {@code within} too
 */
public record DetectionAreas(List<Area> within, List<Area> ignored) {

  public static final DetectionAreas WHOLE_FRAME = new DetectionAreas(List.of(), List.of());

  /** A box is taken apart into so many cells each way to see how much of it is covered. */
  private static final int CELLS = 10;

  public DetectionAreas {
    within = List.copyOf(within);
    ignored = List.copyOf(ignored);
  }

  /** Whether a point, in fractions of the frame, is looked at. */
  public boolean watches(double x, double y) {
    return (within.isEmpty() || within.stream().anyMatch(area -> area.contains(x, y)))
        && ignored.stream().noneMatch(area -> area.contains(x, y));
  }

  /**
   * Whether half of a box or more is covered by ignored areas together. By its share and not by its
   * centre, so that a truck in front of a masked sign is still seen.
   *
   * @param box in pixels of a frame of the given size
   */
  public boolean ignores(BoundingBox box, int frameWidth, int frameHeight) {
    if (ignored.isEmpty()) {
      return false;
    }
    int covered = 0;
    for (int i = 0; i < CELLS * CELLS; i++) {
      double x = (box.x1() + (i % CELLS + 0.5) / CELLS * box.width()) / frameWidth;
      double y = (box.y1() + (i / CELLS + 0.5) / CELLS * box.height()) / frameHeight;
      covered += ignored.stream().anyMatch(area -> area.contains(x, y)) ? 1 : 0;
    }
    return 2 * covered >= CELLS * CELLS;
  }
}
