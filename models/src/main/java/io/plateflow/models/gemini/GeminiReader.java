package io.plateflow.models.gemini;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Reads plate crops by Gemini. Crops of all callers share requests, and all requests a budget. Any
 * thread may call it.
 */
public final class GeminiReader implements AutoCloseable {

  private static final Map<GeminiConfig, Shared> SHARED = new HashMap<>();

  private final GeminiRequests requests;
  private final Runnable onClose;
  private boolean closed;

  private GeminiReader(GeminiRequests requests, Runnable onClose) {
    this.requests = requests;
    this.onClose = onClose;
  }

  /**
   * A reader of the caller's own.
   *
   * @param budget closed with the reader
   */
  public static GeminiReader open(GeminiConfig config, ReadBudget budget) {
    GeminiRequests requests = new GeminiRequests(config, budget);
    return new GeminiReader(requests, requests::close);
  }

  /**
   * The reader of this process for a configuration: opened by the first caller, closed when every
   * caller has closed it.
   *
   * @param budget asked for by the first caller only
   */
  public static GeminiReader shared(GeminiConfig config, Supplier<ReadBudget> budget) {
    synchronized (SHARED) {
      Shared shared =
          SHARED.computeIfAbsent(
              config, absent -> new Shared(new GeminiRequests(absent, budget.get())));
      shared.users++;
      return new GeminiReader(shared.requests, () -> leave(config));
    }
  }

  private static void leave(GeminiConfig config) {
    synchronized (SHARED) {
      Shared shared = SHARED.get(config);
      shared.users--;
      if (shared.users == 0) {
        SHARED.remove(config);
        shared.requests.close();
      }
    }
  }

  /**
   * Reads one crop. The future always completes, never exceptionally, and not later than the
   * configured deadline.
   *
   * @param jpegOfPlateCrop a plate with a little around it; not changed until the future is done
   */
  public CompletableFuture<GeminiAnswer> read(byte[] jpegOfPlateCrop) {
    return requests.read(jpegOfPlateCrop);
  }

  public GeminiCounters counters() {
    return requests.counters();
  }

  /** {@code CLOSED} while requests are sent, {@code OPEN} or {@code HALF_OPEN} while not. */
  public String breakerState() {
    return requests.breakerState();
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      onClose.run();
    }
  }

  private static final class Shared {
    private final GeminiRequests requests;
    private int users;

    Shared(GeminiRequests requests) {
      this.requests = requests;
    }
  }
}
