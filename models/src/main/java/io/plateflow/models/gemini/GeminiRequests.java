package io.plateflow.models.gemini;

import io.plateflow.models.gemini.GeminiAnswer.Outcome;
import io.plateflow.models.gemini.ReadBudget.Amount;
import io.plateflow.models.gemini.ReadBudget.Outage;
import io.plateflow.models.gemini.ReadBudget.Refusal;
import io.plateflow.models.gemini.ReadBudget.Reservation;
import io.plateflow.models.gemini.ReadBudget.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns waiting crops into requests and answers. One thread gathers, asks the budget and sends;
 * answers come in on threads of their own; a timer ends every crop at its deadline, whatever
 * happens to its request.
 */
final class GeminiRequests implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(GeminiRequests.class);

  /** A crop of a plate is a few kilobytes. */
  private static final int MOST_BYTES = 2_000_000;

  private static final Duration BUDGET_PAUSE = Duration.ofSeconds(1);

  private final GeminiConfig config;
  private final ReadBudget budget;
  private final GeminiCounters counters = new GeminiCounters();
  private final CropQueue queue;
  private final RequestBreaker breaker;
  private final PlateAnswers check = new PlateAnswers();
  private final SendPermits permits = new SendPermits();
  private final Set<WaitingCrop> open = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor timer;
  private final ExecutorService answers;
  private final Semaphore underWay;
  private final GeminiClient client;
  private final Thread sender;
  private volatile boolean closed;
  private boolean budgetAway;

  /**
   * @param budget closed with this
   */
  GeminiRequests(GeminiConfig config, ReadBudget budget) {
    this.config = config;
    this.budget = budget;
    this.queue = new CropQueue(config.maxWaiting(), config.maxBatch(), config.maxBatchDelay());
    this.breaker = new RequestBreaker(config.breaker(), config.model());
    this.underWay = new Semaphore(config.maxRequests());
    this.timer = new ScheduledThreadPoolExecutor(1, daemon("gemini-timer"));
    timer.setRemoveOnCancelPolicy(true);
    this.answers = Executors.newCachedThreadPool(daemon("gemini-answers"));
    if (config.key() == null) {
      LOG.warn(
          "No Gemini key: found neither GEMINI_API_KEY nor GOOGLE_API_KEY, plates are read locally only");
      this.client = null;
      this.sender = null;
    } else {
      this.client = new GeminiClient(config, permits);
      this.sender = daemon("gemini-sender").newThread(this::send);
      sender.start();
    }
  }

  private static ThreadFactory daemon(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  GeminiCounters counters() {
    return counters;
  }

  String breakerState() {
    return breaker.state();
  }

  CompletableFuture<GeminiAnswer> read(byte[] jpeg) {
    long now = System.nanoTime();
    WaitingCrop crop = new WaitingCrop(jpeg, now, now + config.deadline().toNanos());
    open.add(crop);
    GeminiAnswer atOnce = atOnce(crop);
    if (atOnce != null) {
      end(crop, atOnce);
      return crop.answer();
    }
    ScheduledFuture<?> expiry =
        timer.schedule(
            () -> end(crop, crop.atDeadline()), config.deadline().toNanos(), TimeUnit.NANOSECONDS);
    crop.answer()
        .whenComplete(
            (answer, failure) -> {
              expiry.cancel(false);
              open.remove(crop);
            });
    if (!queue.add(crop)) {
      end(crop, GeminiAnswer.without(Outcome.OVER_BUDGET, "Too many crops wait already"));
    }
    if (closed) {
      end(crop, closedAnswer());
    }
    return crop.answer();
  }

  /** The answer to a crop that need not wait, else null. */
  private GeminiAnswer atOnce(WaitingCrop crop) {
    if (closed) {
      return closedAnswer();
    }
    if (client == null) {
      return GeminiAnswer.without(Outcome.NO_KEY, "No Gemini key");
    }
    byte[] jpeg = crop.jpeg();
    if (jpeg.length < 4
        || jpeg.length > MOST_BYTES
        || (jpeg[0] & 0xff) != 0xff
        || (jpeg[1] & 0xff) != 0xd8) {
      return GeminiAnswer.without(
          Outcome.FAILED,
          "Crop: found %d bytes, expected a JPEG of at most %d".formatted(jpeg.length, MOST_BYTES));
    }
    if (queue.heldBeyond(crop)) {
      return GeminiAnswer.without(Outcome.OVER_BUDGET, "No request is allowed before the deadline");
    }
    return null;
  }

  private static GeminiAnswer closedAnswer() {
    return GeminiAnswer.without(Outcome.FAILED, "The reader was closed");
  }

  private void end(WaitingCrop crop, GeminiAnswer answer) {
    open.remove(crop);
    if (crop.claimEnd()) {
      // Before its caller goes on and may look at the counters.
      counters.ended(answer.outcome());
      crop.answer().complete(answer);
    }
  }

  private void end(List<WaitingCrop> crops, GeminiAnswer answer) {
    crops.forEach(crop -> end(crop, answer));
  }

  private void send() {
    client.prepare();
    while (!closed) {
      try {
        underWay.acquire();
        List<WaitingCrop> batch = queue.take();
        if (!send(batch)) {
          underWay.release();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        // The crops of this batch end at their deadlines.
        underWay.release();
        LOG.error("Gemini request was not sent: model={}", config.model(), e);
      }
    }
  }

  /** False where no request went out. */
  private boolean send(List<WaitingCrop> batch) {
    if (batch.isEmpty()) {
      return false;
    }
    if (!breaker.tryEnter()) {
      end(batch, GeminiAnswer.without(Outcome.BREAKER_OPEN, "Gemini failed too often"));
      return false;
    }
    RequestCost cost = RequestCost.of(batch.size());
    boolean sent = false;
    try {
      Verdict verdict =
          budget.reserve(new Amount(cost.tokens(), cost.microDollars(config.limits())));
      if (verdict instanceof Reservation reservation) {
        if (budgetAway) {
          budgetAway = false;
          LOG.info("The budget of Gemini can be asked again");
        }
        ask(batch, reservation);
        sent = true;
      } else if (verdict instanceof Refusal refusal) {
        counters.refused();
        waitForBudget(batch, refusal);
      } else if (verdict instanceof Outage outage) {
        budgetIsAway(batch, outage);
      }
      return sent;
    } finally {
      if (!sent) {
        breaker.leave();
      }
    }
  }

  private void waitForBudget(List<WaitingCrop> batch, Refusal refusal) {
    GeminiAnswer reason =
        GeminiAnswer.without(Outcome.OVER_BUDGET, "Budget reached: " + refusal.limit());
    batch.forEach(crop -> crop.waitsFor(reason));
    queue.putBack(batch);
    hold(refusal.pause(), reason);
  }

  private void hold(Duration wait, GeminiAnswer reason) {
    end(queue.hold(System.nanoTime() + wait.toNanos()), reason);
  }

  /** One hiccup is waited out; after that every crop is answered at once until it is back. */
  private void budgetIsAway(List<WaitingCrop> batch, Outage outage) {
    counters.failed(FailureKind.BUDGET_AWAY);
    GeminiAnswer reason =
        GeminiAnswer.without(Outcome.OVER_BUDGET, "Budget away: " + outage.reason());
    if (budgetAway) {
      end(batch, reason);
      return;
    }
    budgetAway = true;
    LOG.warn("No Gemini requests while their budget cannot be asked: {}", outage.reason());
    batch.forEach(crop -> crop.waitsFor(reason));
    queue.putBack(batch);
    hold(BUDGET_PAUSE, reason);
  }

  private void ask(List<WaitingCrop> batch, Reservation reservation) {
    batch.forEach(WaitingCrop::sent);
    SendPermits.Permit permit = permits.issue(reservation.sendBefore());
    long start = System.nanoTime();
    CompletableFuture.completedFuture(batch.stream().map(WaitingCrop::jpeg).toList())
        .thenCompose(jpegs -> client.ask(jpegs, permit))
        .whenCompleteAsync(
            (response, failure) -> {
              try {
                Duration took = Duration.ofNanos(System.nanoTime() - start);
                if (failure == null) {
                  answered(batch, reservation, response, took);
                } else {
                  failed(
                      batch,
                      reservation,
                      RequestFailure.of(failure, permit, config.key()),
                      null,
                      took);
                }
              } finally {
                underWay.release();
              }
            },
            answers);
  }

  private void answered(
      List<WaitingCrop> batch,
      Reservation reservation,
      GeminiClient.Response response,
      Duration took) {
    List<GeminiAnswer> read;
    try {
      if (response.problem() != null) {
        throw new BadAnswerException(response.problem());
      }
      read = check.of(response.text(), batch.size());
    } catch (BadAnswerException e) {
      failed(
          batch,
          reservation,
          new RequestFailure(FailureKind.BAD_ANSWER, null, e.getMessage()),
          response,
          took);
      return;
    }
    counters.sent(batch.size());
    Amount spent = spent(response);
    breaker.succeeded(took);
    for (int i = 0; i < batch.size(); i++) {
      if (read.get(i).outcome() == Outcome.FAILED) {
        counters.failed(FailureKind.BAD_ITEM);
      }
      end(batch.get(i), read.get(i));
    }
    // Last, since it may wait for a database.
    settle(reservation, spent);
  }

  /** What the API says that it cost, or null where it does not say. */
  private Amount spent(GeminiClient.Response response) {
    if (response == null || !response.counted()) {
      return null;
    }
    long price = config.limits().microDollars(response.inputTokens(), response.outputTokens());
    counters.spent(response.inputTokens(), response.outputTokens(), price);
    return new Amount(response.inputTokens() + response.outputTokens(), price);
  }

  private void settle(Reservation reservation, Amount spent) {
    if (spent != null) {
      budget.settle(reservation, spent);
    }
  }

  /**
   * @param response where there was one that could not be used, else null
   */
  private void failed(
      List<WaitingCrop> batch,
      Reservation reservation,
      RequestFailure failure,
      GeminiClient.Response response,
      Duration took) {
    Duration pause = pause(batch, failure);
    GeminiAnswer reason = reason(failure);
    if (failure.kind() == FailureKind.THROTTLED) {
      // First of all and for all crops: those of other requests would be turned down as well.
      hold(pause, reason);
    }
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
    Amount spent = failure.free() ? new Amount(0, 0) : spent(response);
    repeat(batch, failure, pause, reason);
    settle(reservation, spent);
  }

  private static GeminiAnswer reason(RequestFailure failure) {
    return GeminiAnswer.without(
        failure.kind() == FailureKind.THROTTLED ? Outcome.OVER_BUDGET : Outcome.FAILED,
        failure.kind() + ": " + failure.detail());
  }

  /** What the server asks for, and the backoff at least. */
  private Duration pause(List<WaitingCrop> batch, RequestFailure failure) {
    Duration backoff = backoff(Math.max(1, batch.get(0).attempts()));
    return failure.pause() != null && failure.pause().compareTo(backoff) > 0
        ? failure.pause()
        : backoff;
  }

  private void repeat(
      List<WaitingCrop> batch, RequestFailure failure, Duration pause, GeminiAnswer reason) {
    List<WaitingCrop> again = new ArrayList<>();
    for (WaitingCrop crop : batch) {
      if (!failure.passing() || crop.attempts() >= config.attempts() || closed) {
        end(crop, reason);
      } else if (!crop.isDone()) {
        crop.waitsFor(reason);
        again.add(crop);
      }
    }
    if (failure.kind() == FailureKind.THROTTLED) {
      queue.putBack(again);
      hold(pause, reason);
    } else if (!again.isEmpty() && !closed) {
      timer.schedule(() -> queue.putBack(again), pause.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private Duration backoff(int attempts) {
    double factor =
        (1L << Math.min(attempts - 1, 20)) * (0.5 + ThreadLocalRandom.current().nextDouble());
    return Duration.ofNanos((long) (config.backoff().toNanos() * factor));
  }

  @Override
  public void close() {
    closed = true;
    queue.close();
    end(List.copyOf(open), closedAnswer());
    if (client != null) {
      sender.interrupt();
      client.close();
    }
    timer.shutdownNow();
    answers.shutdown();
    budget.close();
  }
}
