package io.plateflow.schemas.camera;

/** By how much the pictures of a camera are turned clockwise to stand upright. */
public enum Rotation {
  NONE,
  QUARTER,
  HALF,
  THREE_QUARTERS;

  /** Clockwise: 0, 90, 180 or 270. */
  public int degrees() {
    return 90 * ordinal();
  }

  /** Clockwise, 0 to 3. */
  public int quarterTurns() {
    return ordinal();
  }

  /** The degrees, as a file writes them. */
  @Override
  public String toString() {
    return Integer.toString(degrees());
  }
}
