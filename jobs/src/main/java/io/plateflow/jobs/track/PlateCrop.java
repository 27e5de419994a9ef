package io.plateflow.jobs.track;

import org.jspecify.annotations.Nullable;

/**
 * The picture of a pass's plate that Gemini would be asked about.
 *
 * @param jpeg a few kB; null before the first and once it was sent
 * @param area of the plate, in square pixels; kept when the picture was sent
 * @param readScore confidence of the local read of this picture, 0..1
 */
public record PlateCrop(byte @Nullable [] jpeg, double area, double readScore) {

  /** No picture yet. */
  public static final PlateCrop NONE = new PlateCrop(null, 0, 0);

  /** A picture this many times larger (in area) is a better one, whatever was read on it. */
  private static final double LARGER = 1.15;

  boolean isPresent() {
    return jpeg != null;
  }

  /** Whether a picture of this size and read confidence shows the plate better. */
  boolean isWorseThan(double otherArea, double otherReadScore) {
    return !isPresent()
        || otherArea > LARGER * area
        || otherArea * LARGER > area && otherReadScore > readScore;
  }

  PlateCrop sent() {
    return new PlateCrop(null, area, readScore);
  }
}
