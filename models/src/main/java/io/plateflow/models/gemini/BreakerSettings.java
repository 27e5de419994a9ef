package io.plateflow.models.gemini;

import java.io.Serializable;
import java.time.Duration;

/**
 * When requests are given up for a while, so that a dead service costs nothing.
 *
 * @param failureShare of the last requests that opens the breaker, 0.1..1; default 0.8
 * @param requests how many of the last requests are looked at, 2..1000; default 10
 * @param openFor how long none is sent then, before one is tried; default 30 s
 * @param refusedFor the same where the key or the model is refused, which needs a person; default
 *     10 min
 */
public record BreakerSettings(
    double failureShare, int requests, Duration openFor, Duration refusedFor)
    implements Serializable {

  public static final BreakerSettings DEFAULTS =
      new BreakerSettings(0.8, 10, Duration.ofSeconds(30), Duration.ofMinutes(10));

  public BreakerSettings {
    if (!(failureShare >= 0.1 && failureShare <= 1)
        || requests < 2
        || requests > 1000
        || openFor.toMillis() < 1
        || refusedFor.toMillis() < 1) {
      throw new IllegalArgumentException(
          "Gemini breaker: found share %s of %d requests, open for %s or %s; expected 0.1..1, 2..1000, 1 ms or more"
              .formatted(failureShare, requests, openFor, refusedFor));
    }
  }
}
