package io.plateflow.models.gemini;

import io.plateflow.models.gemini.GeminiAnswer.Outcome;
import io.plateflow.models.gemini.RequestBudget.Reservation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns crops into requests. One thread gathers, asks the gate and sends; answers come in on
 * threads of their own.
 */
final class GeminiRequests implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(GeminiRequests.class);

  /** A crop of a plate is a few kilobytes. */
  private static final int MAX_BYTES = 2_000_000;

  private final GeminiConfig config;
  private final RequestBudget budget;
  private final GeminiCounters counters = new GeminiCounters();
  private final SendPermits permits = new SendPermits();
  private final OpenCrops crops;
  private final RequestBreaker breaker;
  private final RequestGate gate;
  private final RequestResults results;
  private final ExecutorService answers =
      Executors.newCachedThreadPool(DaemonThreads.named("gemini-answers"));
  private final Semaphore underWay;

  /** Null without a key, as is the other. */
  private final @Nullable GeminiClient client;

  private final @Nullable Thread sender;

  /**
   * @param budget closed with this
   */
  GeminiRequests(GeminiConfig config, RequestBudget budget) {
    this.config = config;
    this.budget = budget;
    this.crops = new OpenCrops(config, counters);
    this.breaker = new RequestBreaker(config.breaker(), config.endpoint().model());
    this.gate = new RequestGate(config.limits(), budget, breaker, crops, counters);
    this.results =
        new RequestResults(
            config.limits(), budget, breaker, new RequestRetries(config, crops), crops, counters);
    this.underWay = new Semaphore(config.batching().maxRequests());
    GeminiKey key = config.endpoint().key();
    if (key == null) {
      LOG.warn(
          "No Gemini key: found neither GEMINI_API_KEY nor GOOGLE_API_KEY, plates are read locally"
              + " only");
      this.client = null;
      this.sender = null;
    } else {
      GeminiClient opened = new GeminiClient(config, key, permits);
      Thread thread = DaemonThreads.named("gemini-sender").newThread(() -> sendAll(opened, key));
      this.client = opened;
      this.sender = thread;
      thread.start();
    }
  }

  GeminiCounters counters() {
    return counters;
  }

  String breakerState() {
    return breaker.state();
  }

  CompletableFuture<GeminiAnswer> recognize(byte[] jpeg) {
    WaitingCrop crop = crops.open(jpeg);
    if (client == null) {
      crops.end(crop, GeminiAnswer.without(Outcome.NO_KEY, "No Gemini key"));
    } else if (!isJpeg(jpeg)) {
      crops.end(
          crop,
          GeminiAnswer.without(
              Outcome.FAILED,
              "Crop: found %d bytes, expected a JPEG of at most %d"
                  .formatted(jpeg.length, MAX_BYTES)));
    } else {
      crops.queue(crop);
    }
    return crop.answer();
  }

  private static boolean isJpeg(byte[] bytes) {
    return bytes.length >= 4
        && bytes.length <= MAX_BYTES
        && (bytes[0] & 0xff) == 0xff
        && (bytes[1] & 0xff) == 0xd8;
  }

  private void sendAll(GeminiClient asked, GeminiKey key) {
    asked.prepare();
    while (!crops.isClosed()) {
      try {
        underWay.acquire();
        List<WaitingCrop> batch = crops.take();
        Reservation reservation = batch.isEmpty() ? null : gate.pass(batch);
        if (reservation == null) {
          underWay.release();
        } else {
          send(asked, key, batch, reservation);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        // The crops of this batch end at their deadlines.
        underWay.release();
        LOG.error("Gemini request was not sent: model={}", config.endpoint().model(), e);
      }
    }
  }

  private void send(
      GeminiClient asked, GeminiKey key, List<WaitingCrop> batch, Reservation reservation) {
    batch.forEach(WaitingCrop::sent);
    SendPermits.Permit permit = permits.issue(reservation.sendBefore());
    long start = System.nanoTime();
    CompletableFuture.completedFuture(batch.stream().map(WaitingCrop::jpeg).toList())
        .thenCompose(jpegs -> asked.ask(jpegs, permit))
        .whenCompleteAsync(
            (response, failure) -> {
              try {
                Duration took = Duration.ofNanos(System.nanoTime() - start);
                if (failure == null) {
                  results.onResponse(batch, reservation, response, took);
                } else {
                  results.onFailure(
                      batch, reservation, RequestFailure.of(failure, permit, key), took);
                }
              } finally {
                underWay.release();
              }
            },
            answers);
  }

  @Override
  public void close() {
    crops.close();
    if (sender != null) {
      sender.interrupt();
    }
    if (client != null) {
      client.close();
    }
    answers.shutdown();
    budget.close();
  }
}
