package io.plateflow.models.engine;

import io.plateflow.models.ModelException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Gathers requests of many cameras into batches: by number or by time, whichever comes first. Those
 * in the background wait for all others, but not for ever.
 */
final class RequestQueue {

  /** From here on a request in the background has its turn before the others. */
  private static final Duration LONGEST_IN_BACKGROUND = Duration.ofSeconds(2);

  private final ArrayDeque<DetectionRequest> live = new ArrayDeque<>();
  private final ArrayDeque<DetectionRequest> background = new ArrayDeque<>();
  private boolean closed;

  synchronized void add(DetectionRequest request) {
    if (closed) {
      throw new ModelException("The detection engine is closed");
    }
    (request.choice().background() ? background : live).add(request);
    notifyAll();
  }

  /**
   * Waits for a request, then until there are {@code most} of them or {@code longest} has passed.
   *
   * @return empty once the queue is closed
   */
  synchronized List<DetectionRequest> take(int most, Duration longest) throws InterruptedException {
    while (true) {
      while (size() == 0 && !closed) {
        wait();
      }
      fill(most, longest);
      // Another worker may have taken the requests while this one waited for more.
      if (size() > 0 || closed) {
        return poll(most);
      }
    }
  }

  private void fill(int most, Duration longest) throws InterruptedException {
    long deadline = System.nanoTime() + longest.toNanos();
    while (size() < most && !closed) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return;
      }
      // Rounded up, since wait(0) would wait for ever.
      wait(left / 1_000_000 + 1);
    }
  }

  private List<DetectionRequest> poll(int most) {
    List<DetectionRequest> batch = new ArrayList<>(Math.min(most, size()));
    DetectionRequest oldest = background.peek();
    if (oldest != null
        && System.nanoTime() - oldest.askedNanos() > LONGEST_IN_BACKGROUND.toNanos()) {
      batch.add(background.remove());
    }
    while (batch.size() < most && !live.isEmpty()) {
      batch.add(live.remove());
    }
    // Frames of cameras are not kept waiting by what is worked on with them.
    while (batch.size() < most
        && !background.isEmpty()
        && batch.stream().allMatch(request -> request.choice().background())) {
      batch.add(background.remove());
    }
    return batch;
  }

  /** Requests that nobody works on yet. */
  synchronized int size() {
    return live.size() + background.size();
  }

  /** Takes no more requests; what waits is still handed out. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
