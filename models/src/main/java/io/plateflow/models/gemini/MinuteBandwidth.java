package io.plateflow.models.gemini;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import java.time.Duration;

/**
 * The token bucket that keeps a limit in every window, wherever the window begins.
 *
 * <p>A bucket of capacity c that is refilled at rate r gives away at most c + r·t tokens in a time
 * t. The obvious bucket for N a minute, c = N and r = N/min, therefore gives away almost 2N in some
 * minutes. Here c + r·t stays under N + 1 for a t of the window and the {@linkplain
 * BudgetTiming#slack() slack} together, and since tokens are whole that is N at most. The price is
 * a lower steady rate: with the default timing 28 of 30 requests in 65 seconds.
 */
final class MinuteBandwidth {

  /** A tenth at once, the rest evenly. */
  private static final int BURST_SHARE = 10;

  private MinuteBandwidth() {}

  static BucketConfiguration of(long limit, BudgetTiming timing) {
    long capacity = Math.max(1, limit / BURST_SHARE);
    // One millisecond more, so that the product stays under and does not reach N + 1.
    Duration period = timing.window().plus(timing.slack()).plusMillis(1);
    return BucketConfiguration.builder()
        .addLimit(
            Bandwidth.builder()
                .capacity(capacity)
                .refillGreedy(limit + 1 - capacity, period)
                .build())
        .build();
  }

  /** The smallest limit whose bucket can hold so many tokens at once. */
  static long leastLimitFor(long tokens) {
    return BURST_SHARE * tokens;
  }
}
