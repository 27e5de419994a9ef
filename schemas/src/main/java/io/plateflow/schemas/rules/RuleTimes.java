package io.plateflow.schemas.rules;

import java.time.Duration;

/**
 * How often a plate must have passed.
 *
 * @param count the pass that counts first, 2..100; those after it count as well
 * @param within the span of capture time that ends with the pass, such as {@code 24h}; at most 30d
 */
public record RuleTimes(int count, String within) {

  private static final int MOST = 100;
  private static final Duration LONGEST = Duration.ofDays(30);

  public RuleTimes {
    if (count < 2 || count > MOST) {
      throw new IllegalArgumentException(
          "times: found %d, expected 2 to %d".formatted(count, MOST));
    }
    Spans.require("within", within, LONGEST);
  }

  public Duration span() {
    return Spans.parse("within", within);
  }
}
