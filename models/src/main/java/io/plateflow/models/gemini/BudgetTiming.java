package io.plateflow.models.gemini;

import java.time.Duration;

/**
 * How long the "minute" of a limit is, and how far apart a reservation and the arrival of its
 * request at the server may be. The window that a budget keeps to is longer by that time, since
 * requests that were reserved one window apart could otherwise arrive closer together.
 *
 * @param window of the limits per minute
 * @param sendWithin a request that has not reached its connection so long after its reservation was
 *     asked for is not sent
 * @param delivery what the network may take to bring it to the server
 */
public record BudgetTiming(Duration window, Duration sendWithin, Duration delivery) {

  public static final BudgetTiming DEFAULT =
      new BudgetTiming(Duration.ofSeconds(60), Duration.ofSeconds(2), Duration.ofSeconds(3));

  public BudgetTiming {
    if (window.toMillis() < 1 || sendWithin.toMillis() < 1 || delivery.isNegative()) {
      throw new IllegalArgumentException(
          "Budget timing: found %s, %s and %s, expected times above 0"
              .formatted(window, sendWithin, delivery));
    }
  }

  /** From a reservation to its request's arrival, at most. */
  Duration slack() {
    return sendWithin.plus(delivery);
  }
}
