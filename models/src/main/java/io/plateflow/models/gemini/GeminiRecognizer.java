package io.plateflow.models.gemini;

import io.plateflow.models.SharedInstances;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Recognizes plate crops with Gemini. Crops of all callers share requests, and all requests a
 * budget. Any thread may call it.
 */
public final class GeminiRecognizer implements AutoCloseable {

  private static final SharedInstances<GeminiConfig, GeminiRequests> SHARED =
      new SharedInstances<>(GeminiRequests::close);

  private final SharedInstances.Lease<GeminiRequests> requests;

  private GeminiRecognizer(SharedInstances.Lease<GeminiRequests> requests) {
    this.requests = requests;
  }

  /**
   * A recognizer of the caller's own.
   *
   * @param budget closed with the recognizer
   */
  public static GeminiRecognizer open(GeminiConfig config, RequestBudget budget) {
    return new GeminiRecognizer(SHARED.own(new GeminiRequests(config, budget)));
  }

  /**
   * The recognizer of this process for a configuration: opened by the first caller, closed when
   * every caller has closed it.
   *
   * @param budget opened for the first caller only
   */
  public static GeminiRecognizer shared(GeminiConfig config, Supplier<RequestBudget> budget) {
    return new GeminiRecognizer(
        SHARED.acquire(config, () -> new GeminiRequests(config, budget.get())));
  }

  /**
   * Recognizes one crop. The future always completes, never exceptionally, and not later than the
   * configured deadline.
   *
   * @param jpegOfPlateCrop a plate with a little around it; not changed until the future is done
   */
  public CompletableFuture<GeminiAnswer> recognize(byte[] jpegOfPlateCrop) {
    return requests.value().recognize(jpegOfPlateCrop);
  }

  public GeminiCounters counters() {
    return requests.value().counters();
  }

  /** {@code CLOSED} while requests are sent, {@code OPEN} or {@code HALF_OPEN} while not. */
  public String breakerState() {
    return requests.value().breakerState();
  }

  @Override
  public void close() {
    requests.close();
  }
}
