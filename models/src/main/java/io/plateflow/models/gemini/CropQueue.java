package io.plateflow.models.gemini;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Gathers the crops of many callers into requests: by number or by time, whichever comes first. It
 * can be held for a while, when no request would be allowed.
 */
final class CropQueue {

  private final int most;
  private final int maxBatch;
  private final long maxDelayNanos;
  private final ArrayDeque<WaitingCrop> waiting = new ArrayDeque<>();
  private long heldUntil = System.nanoTime();
  private boolean closed;

  CropQueue(int most, int maxBatch, Duration maxDelay) {
    this.most = most;
    this.maxBatch = maxBatch;
    this.maxDelayNanos = maxDelay.toNanos();
  }

  /** False where it is full. */
  synchronized boolean add(WaitingCrop crop) {
    if (waiting.size() >= most) {
      waiting.removeIf(WaitingCrop::isDone);
    }
    if (waiting.size() >= most || closed) {
      return false;
    }
    waiting.add(crop);
    notifyAll();
    return true;
  }

  /** In front of all others, even where it is full. */
  synchronized void putBack(List<WaitingCrop> crops) {
    for (int i = crops.size() - 1; i >= 0; i--) {
      waiting.addFirst(crops.get(i));
    }
    notifyAll();
  }

  /**
   * Hands none out until then.
   *
   * @return those that would wait in vain, taken out
   */
  synchronized List<WaitingCrop> hold(long untilNanos) {
    if (untilNanos - heldUntil > 0) {
      heldUntil = untilNanos;
    }
    List<WaitingCrop> inVain = new ArrayList<>();
    for (Iterator<WaitingCrop> crops = waiting.iterator(); crops.hasNext(); ) {
      WaitingCrop crop = crops.next();
      if (crop.endsBefore(heldUntil)) {
        crops.remove();
        inVain.add(crop);
      }
    }
    notifyAll();
    return inVain;
  }

  /** Whether a crop would wait in vain now. */
  synchronized boolean heldBeyond(WaitingCrop crop) {
    return crop.endsBefore(heldUntil);
  }

  /**
   * Waits for a crop and for the end of the hold, then until there is a full batch or the first one
   * has waited long enough.
   *
   * @return empty once the queue is closed
   */
  synchronized List<WaitingCrop> take() throws InterruptedException {
    while (!closed) {
      waiting.removeIf(WaitingCrop::isDone);
      long now = System.nanoTime();
      if (waiting.isEmpty()) {
        wait();
      } else if (heldUntil - now > 0) {
        waitNanos(heldUntil - now);
      } else if (waiting.size() < maxBatch && waiting.peek().since() + maxDelayNanos - now > 0) {
        waitNanos(waiting.peek().since() + maxDelayNanos - now);
      } else {
        return poll();
      }
    }
    return List.of();
  }

  private void waitNanos(long nanos) throws InterruptedException {
    // Rounded up, since wait(0) would wait for ever.
    wait(nanos / 1_000_000 + 1);
  }

  private List<WaitingCrop> poll() {
    List<WaitingCrop> batch = new ArrayList<>(maxBatch);
    while (batch.size() < maxBatch && !waiting.isEmpty()) {
      batch.add(waiting.poll());
    }
    return batch;
  }

  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
