package io.plateflow.models.attributes;

/** The strip along the lower edge of Indonesian plates of electric vehicles. */
final class BlueStrip {

  private static final double LEAST_BLUENESS = 12;

  /** Share of the lower edge that must be blue; boxes are loose and the date may lie on it. */
  private static final double LEAST_SHARE = 0.45;

  /** More of it in the middle, and the whole plate is blue or all is seen in blue light. */
  private static final double MOST_ABOVE = 0.2;

  private BlueStrip() {}

  /**
   * @param lower the plate's lower edge, 8-bit CIELAB as OpenCV writes it
   * @param middle of the plate, the same
   */
  static boolean shown(byte[] lower, byte[] middle) {
    return share(lower) >= LEAST_SHARE && share(middle) <= MOST_ABOVE;
  }

  private static double share(byte[] lab) {
    int blue = 0;
    for (int i = 0; i < lab.length; i += 3) {
      double a = (lab[i + 1] & 0xff) - 128;
      double b = (lab[i + 2] & 0xff) - 128;
      if (b < -LEAST_BLUENESS && Math.abs(a) < 1.5 * -b) {
        blue++;
      }
    }
    return 3.0 * blue / lab.length;
  }
}
