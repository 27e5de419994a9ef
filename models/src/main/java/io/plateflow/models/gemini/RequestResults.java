package io.plateflow.models.gemini;

import io.plateflow.models.gemini.GeminiAnswer.Outcome;
import io.plateflow.models.gemini.RequestBudget.Amount;
import io.plateflow.models.gemini.RequestBudget.Reservation;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the result of each request to its crops, the breaker, the budget and the counters. */
final class RequestResults {

  private static final Logger LOG = LoggerFactory.getLogger(RequestResults.class);

  private final BudgetConfig limits;
  private final RequestBudget budget;
  private final RequestBreaker breaker;
  private final RequestRetries retries;
  private final OpenCrops crops;
  private final GeminiCounters counters;
  private final PlateAnswers answers = new PlateAnswers();

  /**
   * @param budget stays with the caller
   */
  RequestResults(
      BudgetConfig limits,
      RequestBudget budget,
      RequestBreaker breaker,
      RequestRetries retries,
      OpenCrops crops,
      GeminiCounters counters) {
    this.limits = limits;
    this.budget = budget;
    this.breaker = breaker;
    this.retries = retries;
    this.crops = crops;
    this.counters = counters;
  }

  void onResponse(
      List<WaitingCrop> batch,
      Reservation reservation,
      GeminiClient.Response response,
      Duration took) {
    List<GeminiAnswer> read;
    try {
      String text = response.text();
      if (text == null) {
        throw new BadAnswerException(String.valueOf(response.problem()));
      }
      read = answers.of(text, batch.size());
    } catch (BadAnswerException e) {
      RequestFailure failure =
          new RequestFailure(FailureKind.BAD_ANSWER, null, String.valueOf(e.getMessage()));
      // It was paid for all the same.
      onFailure(batch, reservation, failure, spent(response), took);
      return;
    }
    counters.sent(batch.size());
    Amount spent = spent(response);
    breaker.succeeded(took);
    for (int i = 0; i < batch.size(); i++) {
      if (read.get(i).outcome() == Outcome.FAILED) {
        counters.failed(FailureKind.BAD_ITEM);
      }
      crops.end(batch.get(i), read.get(i));
    }
    // Last, since it may wait for a database.
    settle(reservation, spent);
  }

  void onFailure(
      List<WaitingCrop> batch, Reservation reservation, RequestFailure failure, Duration took) {
    onFailure(batch, reservation, failure, failure.free() ? new Amount(0, 0) : null, took);
  }

  private void onFailure(
      List<WaitingCrop> batch,
      Reservation reservation,
      RequestFailure failure,
      @Nullable Amount spent,
      Duration took) {
    Duration pause = retries.pause(batch, failure);
    retries.holdIfThrottled(failure, pause);
    counters.failed(failure.kind());
    LOG.debug("Gemini request failed: {} {}", failure.kind(), failure.detail());
    if (failure.kind() == FailureKind.NOT_SENT) {
      batch.forEach(WaitingCrop::notSent);
    } else {
      counters.sent(batch.size());
    }
    switch (failure.kind()) {
      case THROTTLED, NOT_SENT -> breaker.leave();
      default -> breaker.failed(took, failure);
    }
    retries.repeat(batch, failure, pause);
    settle(reservation, spent);
  }

  /** The costs as the API counted them, or null where it did not. */
  private @Nullable Amount spent(GeminiClient.Response response) {
    if (!response.counted()) {
      return null;
    }
    long price = limits.microDollars(response.inputTokens(), response.outputTokens());
    counters.spent(response.inputTokens(), response.outputTokens(), price);
    return new Amount(response.inputTokens() + response.outputTokens(), price);
  }

  private void settle(Reservation reservation, @Nullable Amount spent) {
    if (spent != null) {
      budget.settle(reservation, spent);
    }
  }
}
