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
    // As many as there are tokens and users: only who was let in gets here.
    Bucket bucket =
        buckets.computeIfAbsent(
            client.id(),
            id ->
                Bucket.builder()
                    .addLimit(
                        limit -> limit.capacity(burst).refillGreedy(rate, Duration.ofSeconds(1)))
                    .build());
    if (!bucket.tryConsume(1)) {
      throw new DeniedException(Reason.RATE);
    }
  }
}
