package io.plateflow.models.gemini;

import io.github.resilience4j.core.IntervalFunction;
import io.plateflow.models.gemini.GeminiAnswer.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Decides after a failed request which of its crops are sent again, and when. */
final class RequestRetries {

  private static final double MULTIPLIER = 2;
  private static final double RANDOMIZATION = 0.5;
  private static final Duration MAX_BACKOFF = Duration.ofHours(1);

  private final int maxAttempts;
  private final IntervalFunction backoff;
  private final OpenCrops crops;

  RequestRetries(GeminiConfig config, OpenCrops crops) {
    this.maxAttempts = config.retry().attempts();
    this.backoff =
        IntervalFunction.ofExponentialRandomBackoff(
            config.retry().backoff(), MULTIPLIER, RANDOMIZATION, MAX_BACKOFF);
    this.crops = crops;
  }

  /** The wait before the crops of a failed request are sent again: the server's or the backoff. */
  Duration pause(List<WaitingCrop> batch, RequestFailure failure) {
    int attempts = Math.max(1, batch.get(0).attempts());
    Duration own = Duration.ofMillis(backoff.apply(attempts));
    return failure.pause() != null && failure.pause().compareTo(own) > 0 ? failure.pause() : own;
  }

  /** Holds all crops where the server asks to wait: those of other requests would fail as well. */
  void holdIfThrottled(RequestFailure failure, Duration pause) {
    if (failure.kind() == FailureKind.THROTTLED) {
      crops.hold(pause, reason(failure));
    }
  }

  /** Queues again what may be repeated and ends the rest. */
  void repeat(List<WaitingCrop> batch, RequestFailure failure, Duration pause) {
    GeminiAnswer reason = reason(failure);
    List<WaitingCrop> again = new ArrayList<>();
    for (WaitingCrop crop : batch) {
      if (!failure.passing() || crop.attempts() >= maxAttempts || crops.isClosed()) {
        crops.end(crop, reason);
      } else if (!crop.isDone()) {
        again.add(crop);
      }
    }
    if (failure.kind() == FailureKind.THROTTLED) {
      crops.putBack(again, reason);
      crops.hold(pause, reason);
    } else {
      crops.putBackAfter(pause, again, reason);
    }
  }

  private static GeminiAnswer reason(RequestFailure failure) {
    return GeminiAnswer.without(
        failure.kind() == FailureKind.THROTTLED ? Outcome.OVER_BUDGET : Outcome.FAILED,
        failure.kind() + ": " + failure.detail());
  }
}
