package io.plateflow.models.motion;

import java.io.Serializable;
import java.time.Duration;

/**
 * When a frame counts as changed.
 *
 * @param minGreyChange grey levels by which a cell of the miniature must differ, 0..255; default 10
 * @param minChangedShare share of the cells that must differ, 0..1; default 0.002
 * @param refresh after so long an unchanged frame is let through all the same; at least 0, which
 *     lets every frame through; default 1 s
 */
public record MotionConfig(double minGreyChange, double minChangedShare, Duration refresh)
    implements Serializable {

  public static final MotionConfig DEFAULT = new MotionConfig(10, 0.002, Duration.ofSeconds(1));

  public MotionConfig {
    if (!(minGreyChange >= 0 && minGreyChange <= 255)) {
      throw new IllegalArgumentException(
          "min-grey-change: found %s, expected 0..255".formatted(minGreyChange));
    }
    if (!(minChangedShare >= 0 && minChangedShare <= 1)) {
      throw new IllegalArgumentException(
          "min-changed-share: found %s, expected 0..1".formatted(minChangedShare));
    }
    if (refresh == null || refresh.isNegative()) {
      throw new IllegalArgumentException(
          "refresh: found %s, expected 0 or more".formatted(refresh));
    }
  }
}
