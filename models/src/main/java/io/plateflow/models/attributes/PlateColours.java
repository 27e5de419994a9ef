package io.plateflow.models.attributes;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Text and background colour of a plate, named: Otsu's threshold (1979) on lightness parts the two,
 * the larger part is the background, and each is named by the hue of its clearer half.
 *
 * @param text white, black, red, yellow, green or blue
 * @param background the same
 */
record PlateColours(String text, String background) {

  /** Less contrast than this, in L* of 0..100, is no lettering that could be told apart. */
  private static final double LEAST_CONTRAST = 8;

  /** A colour needs so much chroma, and so much of it for its lightness, or it is none. */
  private static final double LEAST_CHROMA = 14;

  private static final double LEAST_SATURATION = 0.45;

  /** Dark ones show a tint of their surroundings: more is asked of them. */
  private static final double DARK = 30;

  private static final double LEAST_SATURATION_DARK = 0.65;

  private record Part(double lightness, double a, double b) {}

  /**
   * @param lab a picture's pixels as OpenCV writes 8-bit CIELAB: L* scaled to 255, a* and b* from
   *     128
   * @return null where there is no contrast
   */
  static @Nullable PlateColours of(byte[] lab) {
    int pixels = lab.length / 3;
    int[] histogram = new int[256];
    for (int i = 0; i < pixels; i++) {
      histogram[lab[3 * i] & 0xff]++;
    }
    int threshold = otsu(histogram, pixels);
    Part dark = part(lab, histogram, 0, threshold);
    Part light = part(lab, histogram, threshold + 1, 255);
    if (dark == null || light == null || light.lightness - dark.lightness < LEAST_CONTRAST) {
      return null;
    }
    int darkPixels = 0;
    for (int l = 0; l <= threshold; l++) {
      darkPixels += histogram[l];
    }
    boolean darkBackground = darkPixels * 2 > pixels;
    String darkName = name(dark, "black");
    String lightName = name(light, "white");
    if (darkName.equals(lightName)) {
      // Both have the colour of the light they stand in: brake lights, a lamp.
      darkName = "black";
      lightName = "white";
    }
    return darkBackground
        ? new PlateColours(lightName, darkName)
        : new PlateColours(darkName, lightName);
  }

  /**
   * Mean colour of the pixels of a range of lightness, those next to the other range left out; null
   * where there are none.
   */
  private static @Nullable Part part(byte[] lab, int[] histogram, int from, int to) {
    int count = 0;
    for (int l = from; l <= to; l++) {
      count += histogram[l];
    }
    if (count == 0) {
      return null;
    }
    // Edges of letters are mixtures; the half of the range that is further from it is not.
    boolean lower = from == 0;
    int kept = 0;
    int bound = lower ? from : to;
    for (int l = bound; lower ? l <= to : l >= from; l += lower ? 1 : -1) {
      kept += histogram[l];
      bound = l;
      if (kept * 2 >= count) {
        break;
      }
    }
    double lightness = 0;
    double a = 0;
    double b = 0;
    int used = 0;
    for (int i = 0; i < lab.length; i += 3) {
      int l = lab[i] & 0xff;
      if (lower ? l <= bound : l >= bound) {
        lightness += l;
        a += (lab[i + 1] & 0xff) - 128;
        b += (lab[i + 2] & 0xff) - 128;
        used++;
      }
    }
    return new Part(lightness / used * 100 / 255, a / used, b / used);
  }

  private static String name(Part part, String without) {
    double chroma = Math.hypot(part.a, part.b);
    double saturation = chroma / Math.max(1, part.lightness);
    double least = part.lightness < DARK ? LEAST_SATURATION_DARK : LEAST_SATURATION;
    if (chroma < LEAST_CHROMA || saturation < least) {
      return without;
    }
    double hue = Math.toDegrees(Math.atan2(part.b, part.a));
    if (hue >= -30 && hue < 50) {
      return "red";
    }
    if (hue >= 50 && hue < 115) {
      return "yellow";
    }
    if (hue >= 115 || hue < -150) {
      return "green";
    }
    return "blue";
  }

  private static int otsu(int[] histogram, int pixels) {
    double total = 0;
    for (int l = 0; l < 256; l++) {
      total += (double) l * histogram[l];
    }
    double below = 0;
    double sumBelow = 0;
    double best = -1;
    // Where a range of thresholds is equally good, its middle is meant.
    int[] between = new int[2];
    for (int l = 0; l < 255; l++) {
      below += histogram[l];
      sumBelow += (double) l * histogram[l];
      if (below == 0 || below == pixels) {
        continue;
      }
      double difference = sumBelow / below - (total - sumBelow) / (pixels - below);
      double variance = below * (pixels - below) * difference * difference;
      if (variance > best * (1 + 1e-12)) {
        best = variance;
        Arrays.fill(between, l);
      } else if (variance >= best * (1 - 1e-12)) {
        between[1] = l;
      }
    }
    return (between[0] + between[1]) / 2;
  }
}
