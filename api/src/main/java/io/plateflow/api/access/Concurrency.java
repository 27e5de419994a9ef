package io.plateflow.api.access;

import io.plateflow.api.access.DeniedException.Reason;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** How many pictures of one client are under way at once; by instance. */
public final class Concurrency {

  private final int most;
  private final Map<String, Integer> underWay = new ConcurrentHashMap<>();

  /**
   * @param most of one client
   */
  public Concurrency(int most) {
    this.most = most;
  }

  /**
   * @throws DeniedException when it has as many already
   */
  public Turn enter(Client client) throws DeniedException {
    boolean[] entered = {false};
    underWay.compute(
        client.id(),
        (id, many) -> {
          int now = many == null ? 0 : many;
          entered[0] = now < most;
          return entered[0] ? Integer.valueOf(now + 1) : many;
        });
    if (!entered[0]) {
      throw new DeniedException(Reason.CONCURRENCY);
    }
    return new Turn(client.id());
  }

  /** One picture that is under way, until it is closed. */
  public final class Turn implements AutoCloseable {

    private final String client;

    private Turn(String client) {
      this.client = client;
    }

    @Override
    public void close() {
      underWay.compute(client, (id, many) -> left(many));
    }

    private static @Nullable Integer left(@Nullable Integer many) {
      // Without an entry where there is nothing to count.
      return many == null || many <= 1 ? null : many - 1;
    }
  }
}
