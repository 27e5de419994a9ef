package io.plateflow.models.gemini;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Lets each reserved request onto the network once, and only while its reservation is fresh.
 * Whatever the HTTP client does by itself (a second try after a lost connection, a followed
 * redirect, a queue) cannot make the server see more requests than the budget gave. It stands
 * behind the connection, right before the request is written.
 */
final class SendPermits implements Interceptor {

  /** Carries a permit's number through the SDK; it is taken off before the request is written. */
  static final String HEADER = "X-Plateflow-Permit";

  /** A request that was stopped here: the server has not seen it. */
  static final class NotSentException extends IOException {
    private static final long serialVersionUID = 1L;

    NotSentException(String message) {
      super(message);
    }
  }

  /** One request's leave to be sent. */
  static final class Permit {
    private final String number;
    private final long sendBefore;
    private volatile boolean used;
    private volatile @Nullable Duration retryAfter;

    private Permit(String number, long sendBefore) {
      this.number = number;
      this.sendBefore = sendBefore;
    }

    String number() {
      return number;
    }

    /** Whether the request was written, so that the server may have seen it. */
    boolean used() {
      return used;
    }

    /** The answer's Retry-After, or null; the SDK does not hand it on. */
    @Nullable Duration retryAfter() {
      return retryAfter;
    }
  }

  private final AtomicLong numbers = new AtomicLong();
  private final Map<String, Permit> unused = new ConcurrentHashMap<>();

  Permit issue(long sendBefore) {
    Permit permit = new Permit(Long.toString(numbers.incrementAndGet()), sendBefore);
    unused.put(permit.number, permit);
    return permit;
  }

  /** Takes back what was not used. */
  void withdraw(Permit permit) {
    unused.remove(permit.number);
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    String number = request.header(HEADER);
    Permit permit = number == null ? null : unused.remove(number);
    if (permit == null) {
      throw new NotSentException("A request was about to be sent a second time");
    }
    if (System.nanoTime() - permit.sendBefore > 0) {
      throw new NotSentException("Too long between reserving a request and sending it");
    }
    permit.used = true;
    Response response = chain.proceed(request.newBuilder().removeHeader(HEADER).build());
    String retryAfter = response.header("Retry-After");
    // It may also be a date; then the body or the backoff decides.
    if (retryAfter != null && retryAfter.trim().matches("\\d{1,6}")) {
      permit.retryAfter = Duration.ofSeconds(Long.parseLong(retryAfter.trim()));
    }
    return response;
  }
}
