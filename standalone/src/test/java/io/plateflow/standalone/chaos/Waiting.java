package io.plateflow.standalone.chaos;

import java.io.IOException;
import java.time.Duration;

/** Waits for what other processes bring about. */
final class Waiting {

  private static final Duration LOOK_EVERY = Duration.ofMillis(250);

  private Waiting() {}

  /** Something that a process which is just starting may not even be able to answer. */
  @FunctionalInterface
  interface Condition {
    boolean holds() throws IOException, InterruptedException;
  }

  /**
   * @param what completes "Waited 60 s until ..."
   * @throws IOException when it does not come about in time
   */
  static void until(String what, Duration patience, Condition condition)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    IOException last = null;
    do {
      try {
        if (condition.holds()) {
          return;
        }
        last = null;
      } catch (IOException e) {
        last = e;
      }
      Thread.sleep(LOOK_EVERY.toMillis());
    } while (System.nanoTime() < deadline);
    throw new IOException(
        "Waited %d s in vain until %s".formatted(patience.toSeconds(), what), last);
  }
}
