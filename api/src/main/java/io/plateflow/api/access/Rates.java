package io.plateflow.api.access;

import io.github.bucket4j.Bucket;
import io.plateflow.api.access.DeniedException.Reason;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many pictures each client may send in a second; by instance, so several give several times.
 */
public final class Rates {

  private record Metered(int rate, Bucket bucket) {}

  private final int rate;
  private final int burst;
  private final Map<String, Metered> buckets = new ConcurrentHashMap<>();

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
    int capacity = capacity(client);
    long remaining = Math.max(0, bucket(client).getAvailableTokens());
    return new Standing(
        capacity,
        remaining,
        Duration.ofMillis(1_000L * Math.max(0, capacity - remaining) / rate(client)));
  }

  /** Pictures that a client without a rate of its own may send at once. */
  public int burst() {
    return burst;
  }

  private int rate(Client client) {
    return client.rate() == null ? rate : client.rate();
  }

  /** In the same proportion to the rate for all. */
  private int capacity(Client client) {
    return client.rate() == null
        ? burst
        : (int) Math.max(client.rate(), (long) client.rate() * burst / rate);
  }

  private Bucket bucket(Client client) {
    // As many as there are tokens and users: only who was let in gets here.
    Metered metered =
        buckets.compute(
            client.id(),
            (id, known) ->
                known != null && known.rate() == rate(client)
                    ? known
                    : new Metered(rate(client), made(client)));
    return Objects.requireNonNull(metered).bucket();
  }

  private Bucket made(Client client) {
    return Bucket.builder()
        .addLimit(
            limit ->
                limit.capacity(capacity(client)).refillGreedy(rate(client), Duration.ofSeconds(1)))
        .build();
  }
}
