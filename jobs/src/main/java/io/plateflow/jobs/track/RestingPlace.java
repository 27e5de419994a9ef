package io.plateflow.jobs.track;

import io.plateflow.schemas.geometry.BoundingBox;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where a vehicle has been standing, and since when (capture time). */
public record RestingPlace(BoundingBox box, Instant since) {

  /** Boxes that share so much are in one place. */
  private static final double SAME_PLACE = 0.6;

  /**
   * The place of a vehicle that is now seen at {@code box}.
   *
   * @param before null where the vehicle was not seen before
   */
  static RestingPlace next(@Nullable RestingPlace before, BoundingBox box, Instant at) {
    return before != null && before.isAt(box) ? before : new RestingPlace(box, at);
  }

  boolean isAt(BoundingBox other) {
    return box.iou(other) >= SAME_PLACE;
  }

  boolean hasLasted(Duration duration, Instant until) {
    return Duration.between(since, until).compareTo(duration) >= 0;
  }
}
