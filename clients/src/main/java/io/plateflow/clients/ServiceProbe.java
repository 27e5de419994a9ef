package io.plateflow.clients;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.core.functions.CheckedRunnable;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Waits until a service answers, with growing pauses between attempts. */
public final class ServiceProbe {

  private static final IntervalFunction PAUSES =
      IntervalFunction.ofExponentialRandomBackoff(
          Duration.ofMillis(250), 2, 0.3, Duration.ofSeconds(3));

  private ServiceProbe() {}

  /**
   * Returns as soon as one attempt succeeds.
   *
   * @param service what is asked for, e.g. {@code Postgres}
   * @param place where, fit for logs
   * @param progress is notified of the first failure and of the answer after it
   * @param attempt throws why there is no answer
   * @throws ClientException when none succeeded in time
   */
  public static void await(
      String service,
      String place,
      Duration timeout,
      Consumer<String> progress,
      CheckedRunnable attempt) {
    long deadline = System.nanoTime() + timeout.toNanos();
    AtomicBoolean announced = new AtomicBoolean();
    // The library's own events leave out a first attempt that took longer than all the time there
    // is.
    CheckedRunnable announcing =
        () -> {
          try {
            attempt.run();
          } catch (Throwable e) {
            if (announced.compareAndSet(false, true)) {
              progress.accept(
                  "Waiting up to %d s for %s at %s: %s"
                      .formatted(timeout.toSeconds(), service, place, reason(e)));
            }
            throw e;
          }
        };
    Retry retry =
        Retry.of(
            service,
            RetryConfig.custom()
                .maxAttempts(Integer.MAX_VALUE)
                .retryOnException(
                    e -> !(e instanceof InterruptedException) && System.nanoTime() < deadline)
                .intervalBiFunction((tried, failure) -> pause(tried, deadline))
                .build());
    retry
        .getEventPublisher()
        .onSuccess(event -> progress.accept("%s at %s answers".formatted(service, place)));
    try {
      Retry.decorateCheckedRunnable(retry, announcing).run();
    } catch (Throwable e) {
      if (e instanceof InterruptedException || Thread.currentThread().isInterrupted()) {
        Thread.currentThread().interrupt();
        throw new ClientException(
            "Interrupted while waiting for %s at %s".formatted(service, place), e);
      }
      throw new ClientException(
          "%s at %s does not answer: tried for %d s, last: %s"
              .formatted(service, place, timeout.toSeconds(), reason(e)),
          e);
    }
  }

  /** Not beyond the deadline: the last attempt is made when the time is up. */
  private static long pause(int tried, long deadline) {
    long left = Math.max(0, Duration.ofNanos(deadline - System.nanoTime()).toMillis()) + 1;
    return Math.min(PAUSES.apply(tried), left);
  }

  private static String reason(Throwable e) {
    Throwable own = e instanceof ExecutionException ? e.getCause() : null;
    Throwable cause = own == null ? e : own;
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
