package io.plateflow.clients.webhooks;

import io.github.resilience4j.core.IntervalFunction;
import io.plateflow.clients.ClientException;
import io.plateflow.clients.web.WebClient;
import io.plateflow.clients.web.WebException;
import io.plateflow.clients.webhooks.WebhookOutbox.Delivery;
import io.plateflow.clients.webhooks.WebhookOutbox.Leased;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what waits in the outbox: to each target in order, at least once, with the same bytes on
 * every try. A target that fails is asked less and less often, and never given up; what one refuses
 * five times, or does not take within a day, is.
 */
public final class WebhookSender implements AutoCloseable {

  /** Hexadecimal HMAC-SHA256 of the body, after {@code sha256=}. */
  public static final String SIGNATURE = "X-Plateflow-Signature";

  /** The same on every try. */
  public static final String DELIVERY = "X-Plateflow-Delivery";

  private static final Logger LOG = LoggerFactory.getLogger(WebhookSender.class);
  private static final int AT_ONCE = 16;
  private static final int MOST_REFUSALS = 5;
  static final Duration MOST_AGE = Duration.ofDays(1);
  private static final Duration POLL = Duration.ofMillis(500);

  /** Longer than a request and what is written after it. */
  static final Duration LEASE = Duration.ofSeconds(45);

  private final WebhookOutbox outbox;
  private final WebClient web;
  private final Clock clock;
  private final IntervalFunction waits;
  private final Semaphore room = new Semaphore(AT_ONCE);
  private final Semaphore work = new Semaphore(0);
  private final ExecutorService sending = Executors.newCachedThreadPool(WebhookSender::thread);
  private final Thread dispatching;
  private volatile boolean closed;

  /**
   * Starts to send.
   *
   * @param outbox stays with the caller, as does the client
   */
  public WebhookSender(WebhookOutbox outbox, WebClient web, Clock clock) {
    this(outbox, web, clock, Duration.ofSeconds(2));
  }

  /**
   * @param firstWait before a target is asked again; doubles up to a quarter of an hour
   */
  WebhookSender(WebhookOutbox outbox, WebClient web, Clock clock, Duration firstWait) {
    this.outbox = outbox;
    this.web = web;
    this.clock = clock;
    this.waits =
        IntervalFunction.ofExponentialRandomBackoff(firstWait, 2, 0.5, Duration.ofMinutes(15));
    this.dispatching = thread(this::dispatch);
    dispatching.start();
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "webhooks");
    thread.setDaemon(true);
    return thread;
  }

  /** Something was put into the outbox. */
  public void wake() {
    work.release();
  }

  private void dispatch() {
    while (!closed) {
      try {
        room.acquire();
        Optional<Leased> target = leased();
        if (target.isPresent()) {
          sending.execute(() -> send(target.get()));
        } else {
          room.release();
          if (work.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
            work.drainPermits();
          }
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private Optional<Leased> leased() {
    try {
      return outbox.lease(LEASE);
    } catch (ClientException e) {
      // Postgres is away; asked again soon.
      LOG.debug("Webhooks wait", e);
      return Optional.empty();
    }
  }

  private void send(Leased target) {
    try {
      Optional<Delivery> first = outbox.first(target.id());
      if (first.isPresent()) {
        send(target, first.get());
      }
    } catch (ClientException e) {
      // The lease ends by itself, and then it is sent again.
      LOG.warn("Webhook {} is left for later: {}", target.id(), e.toString());
    } finally {
      room.release();
      wake();
    }
  }

  private void send(Leased target, Delivery delivery) {
    String error;
    boolean refused = false;
    try {
      int status =
          web.post(
              target.target(), delivery.contentType(), delivery.body(), headers(target, delivery));
      if (status >= 200 && status < 300) {
        outbox.delivered(target, delivery);
        return;
      }
      error = "status %d".formatted(status);
      refused = status >= 400 && status < 500 && status != 408 && status != 429;
    } catch (WebException e) {
      error = String.valueOf(e.getMessage());
    }
    boolean dead =
        refused && delivery.attempts() + 1 >= MOST_REFUSALS
            || delivery.at().plus(MOST_AGE).isBefore(clock.instant());
    outbox.failed(
        target,
        delivery,
        error,
        dead,
        // What comes after one that is given up does not wait for its sake.
        dead ? Duration.ZERO : Duration.ofMillis(waits.apply(Math.min(30, target.failures() + 1))));
    if (dead || target.failures() == 0) {
      LOG.warn(
          "Webhook {} {}: delivery={} {}",
          target.id(),
          dead ? "does not take a delivery, which is given up" : "fails and is asked again",
          delivery.id(),
          error);
    }
  }

  private static Map<String, String> headers(Leased target, Delivery delivery) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(SIGNATURE, "sha256=" + hmac(target.secret(), delivery.body()));
    headers.put(DELIVERY, Long.toString(delivery.id()));
    if (target.authorization() != null) {
      headers.put("Authorization", target.authorization());
    }
    return headers;
  }

  private static String hmac(String secret, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has HMAC-SHA256", e);
    }
  }

  @Override
  public void close() {
    closed = true;
    dispatching.interrupt();
    // What is under way is sent again when its lease has ended.
    sending.shutdownNow();
  }
}
