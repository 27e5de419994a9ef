package io.plateflow.models.gemini;

import io.plateflow.models.gemini.GeminiAnswer.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The crops between their call and their answer. Each ends once: with an answer, or at its
 * deadline, whatever happens to its request. Those that are in no request wait in a queue.
 */
final class OpenCrops implements AutoCloseable {

  private static final GeminiAnswer CLOSED =
      GeminiAnswer.without(Outcome.FAILED, "The recognizer was closed");

  private final Duration deadline;
  private final GeminiCounters counters;
  private final CropQueue queue;
  private final Set<WaitingCrop> open = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, DaemonThreads.named("gemini-timer"));
  private volatile boolean closed;

  OpenCrops(GeminiConfig config, GeminiCounters counters) {
    this.deadline = config.timeouts().deadline();
    this.counters = counters;
    this.queue =
        new CropQueue(
            config.batching().maxWaiting(),
            config.batching().maxBatch(),
            config.batching().maxBatchDelay());
    timer.setRemoveOnCancelPolicy(true);
  }

  /** A crop from now on; it is not queued yet. */
  WaitingCrop open(byte[] jpeg) {
    long now = System.nanoTime();
    WaitingCrop crop = new WaitingCrop(jpeg, now, now + deadline.toNanos());
    open.add(crop);
    return crop;
  }

  /** Lets the crop wait for a request, until its deadline at most. */
  void queue(WaitingCrop crop) {
    if (closed) {
      end(crop, CLOSED);
      return;
    }
    if (queue.heldBeyond(crop)) {
      end(
          crop,
          GeminiAnswer.without(Outcome.OVER_BUDGET, "No request is allowed before the deadline"));
      return;
    }
    ScheduledFuture<?> expiry =
        timer.schedule(
            () -> end(crop, crop.atDeadline()), deadline.toNanos(), TimeUnit.NANOSECONDS);
    crop.answer().whenComplete((answer, failure) -> expiry.cancel(false));
    if (!queue.add(crop)) {
      end(crop, GeminiAnswer.without(Outcome.OVER_BUDGET, "Too many crops wait already"));
    }
    if (closed) {
      end(crop, CLOSED);
    }
  }

  /** Waits for the crops of the next request; empty once this is closed. */
  List<WaitingCrop> take() throws InterruptedException {
    return queue.take();
  }

  void end(WaitingCrop crop, GeminiAnswer answer) {
    open.remove(crop);
    if (crop.claimEnd()) {
      // Before its caller goes on and may look at the counters.
      counters.ended(answer.outcome());
      crop.answer().complete(answer);
    }
  }

  void end(List<WaitingCrop> crops, GeminiAnswer answer) {
    crops.forEach(crop -> end(crop, answer));
  }

  /**
   * Starts no request for a while, and ends the crops that would wait for it in vain.
   *
   * @param reason their answer
   */
  void hold(Duration wait, GeminiAnswer reason) {
    end(queue.hold(System.nanoTime() + wait.toNanos()), reason);
  }

  /**
   * Queues crops again, before all others.
   *
   * @param reason the answer where their deadline comes first
   */
  void putBack(List<WaitingCrop> crops, GeminiAnswer reason) {
    crops.forEach(crop -> crop.waitsFor(reason));
    queue.putBack(crops);
  }

  /** The same, some time later. */
  void putBackAfter(Duration pause, List<WaitingCrop> crops, GeminiAnswer reason) {
    crops.forEach(crop -> crop.waitsFor(reason));
    if (!crops.isEmpty() && !closed) {
      timer.schedule(() -> queue.putBack(crops), pause.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
    queue.close();
    end(List.copyOf(open), CLOSED);
    timer.shutdownNow();
  }
}
