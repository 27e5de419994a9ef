package io.plateflow.models.gemini;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops requests while they fail, and logs each change once. */
final class RequestBreaker {

  private static final Logger LOG = LoggerFactory.getLogger(RequestBreaker.class);

  private final BreakerConfig settings;
  private final String model;
  private final CircuitBreaker breaker;
  private final AtomicBoolean refusalLogged = new AtomicBoolean();

  RequestBreaker(BreakerConfig settings, String model) {
    this.settings = settings;
    this.model = model;
    this.breaker =
        CircuitBreaker.of(
            "gemini",
            CircuitBreakerConfig.custom()
                .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(settings.requests())
                .minimumNumberOfCalls(settings.requests())
                .failureRateThreshold((float) (100 * settings.failureShare()))
                .waitDurationInOpenState(settings.openFor())
                .permittedNumberOfCallsInHalfOpenState(1)
                .build());
  }

  /** Whether a request may be sent; it must be followed by one of the other calls. */
  boolean tryEnter() {
    return breaker.tryAcquirePermission();
  }

  /** Ends a request that was not sent, or whose failure is none of the service. */
  void leave() {
    breaker.releasePermission();
  }

  void succeeded(Duration took) {
    boolean wasOpen = breaker.getState() != CircuitBreaker.State.CLOSED;
    breaker.onSuccess(took.toNanos(), TimeUnit.NANOSECONDS);
    if (wasOpen) {
      refusalLogged.set(false);
      LOG.info("Gemini answers again: model={}", model);
    }
  }

  void failed(Duration took, RequestFailure failure) {
    if (failure.kind() == FailureKind.REFUSED) {
      refused(failure);
      return;
    }
    boolean wasClosed = breaker.getState() == CircuitBreaker.State.CLOSED;
    breaker.onError(took.toNanos(), TimeUnit.NANOSECONDS, new BadAnswerException(failure.detail()));
    if (wasClosed && breaker.getState() == CircuitBreaker.State.OPEN) {
      LOG.warn(
          "Gemini keeps failing, plates are read locally: model={} tried again in {}; the last"
              + " failure: {} {}",
          model,
          settings.openFor(),
          failure.kind(),
          failure.detail());
    }
  }

  /** One refusal is enough, also where the breaker was just trying again. */
  private void refused(RequestFailure failure) {
    if (breaker.getState() != CircuitBreaker.State.OPEN) {
      breaker.transitionToOpenStateFor(settings.refusedFor());
    }
    if (refusalLogged.compareAndSet(false, true)) {
      LOG.error(
          "Gemini refuses the key or the model, plates are read locally: model={} tried again in"
              + " {}: {}",
          model,
          settings.refusedFor(),
          failure.detail());
    }
  }

  String state() {
    return breaker.getState().name();
  }
}
