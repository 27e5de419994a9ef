package io.plateflow.api.access;

import io.github.bucket4j.Bucket;
import io.plateflow.api.access.DeniedException.Reason;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many pictures each client may send in a second; by instance, so several give several times.
 */
public final class Rates {

  private final int rate;
  private final int burst;
  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

  /**
   * @param rate a second, on average
   * @param burst at once
   */
  public Rates(int rate, int burst) {
    this.rate = rate;
    this.burst = burst;
  }

  /**
   * @throws DeniedException when it was too many
   */
  public void take(Client client) throws DeniedException {
    if (!bucket(client).tryConsume(1)) {
      throw new DeniedException(Reason.RATE);
    }
  }

  /**
   * Where a client stands.
   *
   * @param limit pictures at once
   * @param remaining of them at this moment
   * @param untilFull when all of them may be sent at once again
   */
  public record Standing(int limit, long remaining, Duration untilFull) {}

  public Standing standing(Client client) {
    long remaining = Math.max(0, bucket(client).getAvailableTokens());
    return new Standing(
        burst, remaining, Duration.ofMillis(1_000L * Math.max(0, burst - remaining) / rate));
  }

  /** Pictures that a client may send at once. */
  public int burst() {
    return burst;
  }

  private Bucket bucket(Client client) {
    // As many as there are tokens and users: only who was let in gets here.
    return buckets.computeIfAbsent(
        client.id(),
        id ->
            Bucket.builder()
                .addLimit(limit -> limit.capacity(burst).refillGreedy(rate, Duration.ofSeconds(1)))
                .build());
  }
}
