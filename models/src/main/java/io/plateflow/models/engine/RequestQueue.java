package io.plateflow.models.engine;

import io.plateflow.models.ModelException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Gathers requests of many cameras into batches: by number or by time, whichever comes first. */
final class RequestQueue {

  private final ArrayDeque<DetectionRequest> waiting = new ArrayDeque<>();
  private boolean closed;

  synchronized void add(DetectionRequest request) {
    if (closed) {
      throw new ModelException("The detection engine is closed");
    }
    waiting.add(request);
    notifyAll();
  }

  /**
   * Waits for a request, then until there are {@code most} of them or {@code longest} has passed.
   *
   * @return empty once the queue is closed
   */
  synchronized List<DetectionRequest> take(int most, Duration longest) throws InterruptedException {
    while (true) {
      while (waiting.isEmpty() && !closed) {
        wait();
      }
      fill(most, longest);
      // Another worker may have taken the requests while this one waited for more.
      if (!waiting.isEmpty() || closed) {
        return poll(most);
      }
    }
  }

  private void fill(int most, Duration longest) throws InterruptedException {
    long deadline = System.nanoTime() + longest.toNanos();
    while (waiting.size() < most && !closed) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return;
      }
      // Rounded up, since wait(0) would wait for ever.
      wait(left / 1_000_000 + 1);
    }
  }

  private List<DetectionRequest> poll(int most) {
    List<DetectionRequest> batch = new ArrayList<>(Math.min(most, waiting.size()));
    while (batch.size() < most && !waiting.isEmpty()) {
      batch.add(waiting.poll());
    }
    return batch;
  }

  /** Requests that nobody works on yet. */
  synchronized int size() {
    return waiting.size();
  }

  /** Takes no more requests; what waits is still handed out. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
