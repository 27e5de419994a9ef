package io.plateflow.clients;

import java.time.Duration;
import java.util.function.Consumer;

/** Waits until a service answers, with growing pauses between attempts. */
public final class ServiceProbe {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);

  private ServiceProbe() {}

  /** One attempt. */
  @FunctionalInterface
  public interface Attempt {
    /**
     * @throws Exception why there is no answer
     */
    void run() throws Exception;
  }

  /**
   * Returns as soon as one attempt succeeds.
   *
   * @param service what is asked for, e.g. {@code Postgres}
   * @param place where, fit for logs
   * @param progress gets a line at the first failure and at the answer after it
   * @throws ClientException when none succeeded in time
   */
  public static void await(
      String service, String place, Duration timeout, Consumer<String> progress, Attempt attempt) {
    long deadline = System.nanoTime() + timeout.toNanos();
    Duration pause = FIRST_PAUSE;
    for (int tried = 1; ; tried++) {
      try {
        attempt.run();
        if (tried > 1) {
          progress.accept("%s at %s answers".formatted(service, place));
        }
        return;
      } catch (Exception e) {
        if (e instanceof InterruptedException) {
          Thread.currentThread().interrupt();
          throw new ClientException(
              "Interrupted while waiting for %s at %s".formatted(service, place), e);
        }
        if (tried == 1) {
          progress.accept(
              "Waiting up to %d s for %s at %s: %s"
                  .formatted(timeout.toSeconds(), service, place, reason(e)));
        }
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          throw new ClientException(
              "%s at %s does not answer: tried %d times in %d s, last: %s"
                  .formatted(service, place, tried, timeout.toSeconds(), reason(e)),
              e);
        }
        pause(Math.min(left, pause.toNanos()), service, place);
        pause =
            pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
                ? LONGEST_PAUSE
                : pause.multipliedBy(2);
      }
    }
  }

  private static void pause(long nanos, String service, String place) {
    try {
      Thread.sleep(Duration.ofNanos(nanos).toMillis() + 1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClientException(
          "Interrupted while waiting for %s at %s".formatted(service, place), e);
    }
  }

  private static String reason(Exception e) {
    Throwable cause = e instanceof java.util.concurrent.ExecutionException ? e.getCause() : e;
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
