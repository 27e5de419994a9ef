package io.plateflow.models.gemini;

import io.plateflow.models.gemini.GeminiAnswer.Outcome;
import io.plateflow.models.gemini.RequestBudget.Amount;
import io.plateflow.models.gemini.RequestBudget.Outage;
import io.plateflow.models.gemini.RequestBudget.Refusal;
import io.plateflow.models.gemini.RequestBudget.Reservation;
import io.plateflow.models.gemini.RequestBudget.Verdict;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides before each request whether it may be sent, and what becomes of its crops where it may
 * not. Called by the one thread that sends.
 */
final class RequestGate {

  private static final Logger LOG = LoggerFactory.getLogger(RequestGate.class);

  private static final Duration OUTAGE_PAUSE = Duration.ofSeconds(1);

  private final BudgetConfig limits;
  private final RequestBudget budget;
  private final RequestBreaker breaker;
  private final OpenCrops crops;
  private final GeminiCounters counters;
  private boolean outage;

  /**
   * @param budget stays with the caller
   */
  RequestGate(
      BudgetConfig limits,
      RequestBudget budget,
      RequestBreaker breaker,
      OpenCrops crops,
      GeminiCounters counters) {
    this.limits = limits;
    this.budget = budget;
    this.breaker = breaker;
    this.crops = crops;
    this.counters = counters;
  }

  /** The reservation with which the crops may be sent, or null. */
  @Nullable Reservation pass(List<WaitingCrop> batch) {
    if (!breaker.tryEnter()) {
      crops.end(batch, GeminiAnswer.without(Outcome.BREAKER_OPEN, "Gemini failed too often"));
      return null;
    }
    Reservation reservation = null;
    try {
      reservation = reserve(batch);
      return reservation;
    } finally {
      if (reservation == null) {
        breaker.leave();
      }
    }
  }

  private @Nullable Reservation reserve(List<WaitingCrop> batch) {
    RequestCost cost = RequestCost.of(batch.size());
    Verdict verdict = budget.reserve(new Amount(cost.tokens(), cost.microDollars(limits)));
    if (verdict instanceof Reservation reservation) {
      if (outage) {
        outage = false;
        LOG.info("The budget of Gemini can be asked again");
      }
      return reservation;
    }
    if (verdict instanceof Refusal refusal) {
      counters.refused();
      GeminiAnswer reason =
          GeminiAnswer.without(Outcome.OVER_BUDGET, "Budget reached: " + refusal.limit());
      crops.putBack(batch, reason);
      crops.hold(refusal.pause(), reason);
    } else if (verdict instanceof Outage away) {
      onOutage(batch, away);
    }
    return null;
  }

  /** Waits out one hiccup; after that, crops are answered at once until the budget is back. */
  private void onOutage(List<WaitingCrop> batch, Outage away) {
    counters.failed(FailureKind.BUDGET_AWAY);
    GeminiAnswer reason =
        GeminiAnswer.without(Outcome.OVER_BUDGET, "Budget away: " + away.reason());
    if (outage) {
      crops.end(batch, reason);
      return;
    }
    outage = true;
    LOG.warn("No Gemini requests while their budget cannot be asked: {}", away.reason());
    crops.putBack(batch, reason);
    crops.hold(OUTAGE_PAUSE, reason);
  }
}
