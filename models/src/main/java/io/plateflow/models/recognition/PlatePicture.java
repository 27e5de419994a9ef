package io.plateflow.models.recognition;

import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.BoundingBox;

/**
 * A picture that may show nothing but a plate, as people and other systems cut them out: small,
 * wide and filled by it, so that detectors, which know plates on vehicles, miss it.
 */
public final class PlatePicture {

  private static final int MOST_HEIGHT = 300;
  private static final double LEAST_ASPECT = 1.2;
  private static final double MOST_ASPECT = 8;

  /** A plate that was detected and read this surely is not doubted. */
  private static final double SURE = 0.8;

  /** The least that a read of the whole picture must be sure of. */
  private static final double LEAST_CONFIDENCE = 0.1;

  private PlatePicture() {}

  /**
   * Whether the picture is worth reading as a whole.
   *
   * @param bestConfidence of the plates that were detected, 0 where there is none
   */
  public static boolean isWorthReading(Pixels pixels, double bestConfidence) {
    double aspect = pixels.width() / (double) pixels.height();
    return pixels.height() <= MOST_HEIGHT
        && aspect >= LEAST_ASPECT
        && aspect <= MOST_ASPECT
        && bestConfidence < SURE;
  }

  /** Whether the read of the whole picture stands for it, rather than what was detected in it. */
  public static boolean stands(double wholeConfidence, double bestConfidence) {
    return wholeConfidence >= LEAST_CONFIDENCE && wholeConfidence > bestConfidence;
  }

  static BoundingBox whole(Pixels pixels) {
    return new BoundingBox(0, 0, pixels.width(), pixels.height());
  }
}
