package io.plateflow.schemas.detection;

import io.plateflow.schemas.geometry.BoundingBox;

/**
 * An object that a detector found.
 *
 * @param label the class as the model's own metadata names it
 * @param score 0..1
 * @param box in pixels of the frame
 */
public record Detection(String label, double score, BoundingBox box) {
  public Detection {
    if (!(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException(
          "Detection score: found %s, expected 0..1".formatted(score));
    }
  }
}
