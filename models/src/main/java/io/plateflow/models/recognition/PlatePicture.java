package io.plateflow.models.recognition;

import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.detection.PairedDetection;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.geometry.BoundingBox;

/**
 * A picture that may show nothing but a plate, as people and other systems cut them out: small,
 * wide and filled by it, so that detectors, which know plates on vehicles, miss it.
 */
final class PlatePicture {

  private static final int MAX_HEIGHT = 300;
  private static final double MIN_ASPECT = 1.2;
  private static final double MAX_ASPECT = 8;

  /** A plate that was detected and read this surely is not doubted. */
  private static final double SURE = 0.8;

  private static final double MIN_CONFIDENCE = 0.1;

  private PlatePicture() {}

  /** Whether its size and shape are those of a plate that was cut out. */
  static boolean mayBe(Pixels pixels) {
    double aspect = pixels.width() / (double) pixels.height();
    return pixels.height() <= MAX_HEIGHT && aspect >= MIN_ASPECT && aspect <= MAX_ASPECT;
  }

  /**
   * Whether a detected plate settles that the picture shows more than a plate.
   *
   * @param bestConfidence of the reads of detected plates, 0 where there is none
   */
  static boolean isSure(double bestConfidence) {
    return bestConfidence >= SURE;
  }

  /** Whether the read of the whole picture replaces what was detected in it. */
  static boolean stands(double wholeConfidence, double bestConfidence) {
    return wholeConfidence >= MIN_CONFIDENCE && wholeConfidence > bestConfidence;
  }

  /** The whole picture as a plate, which scores as its read does. */
  static PairedDetection detection(Pixels pixels, double confidence) {
    return new PairedDetection(
        null, new Detection("plate", confidence, whole(pixels)), null, 0, false);
  }

  static BoundingBox whole(Pixels pixels) {
    return new BoundingBox(0, 0, pixels.width(), pixels.height());
  }
}
