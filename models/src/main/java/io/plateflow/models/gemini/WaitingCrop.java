package io.plateflow.models.gemini;

import io.plateflow.models.gemini.GeminiAnswer.Outcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** A crop from the call to its answer. */
final class WaitingCrop {

  private final byte[] jpeg;
  private final long since;
  private final long deadline;
  private final CompletableFuture<GeminiAnswer> answer = new CompletableFuture<>();
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile int attempts;
  private volatile GeminiAnswer atDeadline =
      GeminiAnswer.without(Outcome.TIMED_OUT, "Not sent before the deadline");

  /**
   * @param since {@link System#nanoTime} of the call
   * @param deadline {@link System#nanoTime} at which it ends in any case
   */
  WaitingCrop(byte[] jpeg, long since, long deadline) {
    this.jpeg = jpeg;
    this.since = since;
    this.deadline = deadline;
  }

  byte[] jpeg() {
    return jpeg;
  }

  long since() {
    return since;
  }

  boolean endsBefore(long nanoTime) {
    return deadline - nanoTime < 0;
  }

  CompletableFuture<GeminiAnswer> answer() {
    return answer;
  }

  /** True for the first who ends it. */
  boolean claimEnd() {
    return ended.compareAndSet(false, true);
  }

  boolean isDone() {
    return answer.isDone();
  }

  int attempts() {
    return attempts;
  }

  /** Called by one thread at a time: a crop is in one request at once. */
  @SuppressWarnings("NonAtomicVolatileUpdate")
  void sent() {
    attempts++;
    atDeadline = GeminiAnswer.without(Outcome.TIMED_OUT, "No answer before the deadline");
  }

  /** Its request did not go out after all. */
  @SuppressWarnings("NonAtomicVolatileUpdate")
  void notSent() {
    attempts--;
  }

  /** What to say where the deadline comes while it waits. */
  void waitsFor(GeminiAnswer reason) {
    atDeadline = reason;
  }

  GeminiAnswer atDeadline() {
    return atDeadline;
  }
}
