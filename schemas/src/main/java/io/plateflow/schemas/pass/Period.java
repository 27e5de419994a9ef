package io.plateflow.schemas.pass;

import java.time.Duration;
import java.time.Instant;

/**
 * How long a vehicle was before the camera.
 *
 * @param first capture time of the first frame that shows it
 * @param last capture time of the last one
 * @param frames that show it
 */
public record Period(Instant first, Instant last, int frames) {

  public Duration length() {
    return Duration.between(first, last);
  }
}
