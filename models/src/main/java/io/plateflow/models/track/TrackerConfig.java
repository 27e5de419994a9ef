package io.plateflow.models.track;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How detections of following frames are joined to tracks.
 *
 * @param maxMissing a track that was not seen for longer has ended; default 1.5 s
 * @param maxMissingFrames for slow cameras: it has not ended before so many frames' time went by,
 *     however long that is, 0..100; default 2
 * @param minSimilarity below it a detection starts a track of its own, 0..1; default 0.2
 * @param gate how far from its predicted place a vehicle or plate may be, in lengths of its own
 *     (root of the area; a plate's width), 0..10; default 1
 * @param gatePerSecond by how much the gate widens with every second without a sighting, 0..10;
 *     default 1
 * @param maxGate where that ends, 0..20; default 2
 * @param maxGrowth by what factor a side may differ from its prediction, 1..10; default 2
 * @param otherPlateDistance plates whose confusion-weighted distance is at least this are different
 *     vehicles, 0..20; default 3
 */
public record TrackerConfig(
    Duration maxMissing,
    double maxMissingFrames,
    double minSimilarity,
    double gate,
    double gatePerSecond,
    double maxGate,
    double maxGrowth,
    double otherPlateDistance) {

  public static final TrackerConfig DEFAULTS =
      new TrackerConfig(Duration.ofMillis(1500), 2, 0.2, 1, 1, 2, 2, 3);

  public TrackerConfig {
    List<String> problems = new ArrayList<>();
    if (maxMissing.isNegative()) {
      problems.add("max missing: found %s, expected 0 or more".formatted(maxMissing));
    }
    check(problems, "max missing frames", maxMissingFrames, 0, 100);
    check(problems, "min similarity", minSimilarity, 0, 1);
    check(problems, "gate", gate, 0, 10);
    check(problems, "gate per second", gatePerSecond, 0, 10);
    check(problems, "max gate", maxGate, 0, 20);
    check(problems, "max growth", maxGrowth, 1, 10);
    check(problems, "other plate distance", otherPlateDistance, 0, 20);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("Tracker config: " + String.join("; ", problems));
    }
  }

  /** The defaults with another time until a track ends. */
  public static TrackerConfig withMaxMissing(Duration maxMissing) {
    TrackerConfig d = DEFAULTS;
    return new TrackerConfig(
        maxMissing,
        d.maxMissingFrames,
        d.minSimilarity,
        d.gate,
        d.gatePerSecond,
        d.maxGate,
        d.maxGrowth,
        d.otherPlateDistance);
  }

  private static void check(List<String> problems, String key, double v, double min, double max) {
    if (!(v >= min && v <= max)) {
      problems.add("%s: found %s, expected %s..%s".formatted(key, v, min, max));
    }
  }
}
