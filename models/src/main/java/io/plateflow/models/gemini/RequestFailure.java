package io.plateflow.models.gemini;

import com.google.genai.errors.ApiException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why a request failed.
 *
 * @param pause what the server asks to wait before the next request, or null
 * @param detail fit for logs
 */
record RequestFailure(FailureKind kind, @Nullable Duration pause, String detail) {

  private static final int MOST_DETAIL = 300;

  /** google.rpc.RetryInfo in an error's body, which the SDK keeps as text. */
  private static final Pattern RETRY_DELAY =
      Pattern.compile("\"retryDelay\"\\s*:\\s*\"(\\d{1,6}(?:\\.\\d{1,9})?)s\"");

  private static final Pattern BAD_KEY = Pattern.compile("API[ _]KEY", Pattern.CASE_INSENSITIVE);

  static RequestFailure of(Throwable failure, SendPermits.Permit permit, GeminiKey key) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    String detail = key.hideIn(shortened(String.valueOf(cause.getMessage())));
    if (cause instanceof BadAnswerException) {
      return new RequestFailure(FailureKind.BAD_ANSWER, null, detail);
    }
    if (cause instanceof ApiException refused) {
      return new RequestFailure(kind(refused), pause(refused, permit), detail);
    }
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof IOException io
          && !(t instanceof com.fasterxml.jackson.core.JacksonException)) {
        return new RequestFailure(
            kind(io, permit), null, key.hideIn(shortened(detail + ": " + io)));
      }
    }
    // Whatever the SDK makes of a body that it does not understand.
    return new RequestFailure(
        FailureKind.BAD_ANSWER, null, cause.getClass().getSimpleName() + ": " + detail);
  }

  private static FailureKind kind(ApiException refused) {
    int code = refused.code();
    if (code == 429) {
      return FailureKind.THROTTLED;
    }
    if (code == 401 || code == 403 || code == 404) {
      return FailureKind.REFUSED;
    }
    if (code == 400 && BAD_KEY.matcher(String.valueOf(refused.message())).find()) {
      // The form in which the API refuses a wrong key.
      return FailureKind.REFUSED;
    }
    if (code >= 500 || code == 408 || code == 409 || code == 499) {
      return FailureKind.SERVER_ERROR;
    }
    // Below 400 it is a redirect, which no API does but a proxy's log-in page.
    return code < 400 ? FailureKind.BAD_ANSWER : FailureKind.BAD_REQUEST;
  }

  private static FailureKind kind(IOException failure, SendPermits.Permit permit) {
    if (failure instanceof SendPermits.NotSentException) {
      // A second time is tried by the HTTP client itself after a 408 or a 503.
      return permit.used() ? FailureKind.SERVER_ERROR : FailureKind.NOT_SENT;
    }
    boolean timeout =
        failure instanceof SocketTimeoutException
            || failure instanceof InterruptedIOException
            || String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).equals("timeout");
    return timeout ? FailureKind.TIMEOUT : FailureKind.CONNECTION;
  }

  private static @Nullable Duration pause(ApiException refused, SendPermits.Permit permit) {
    Matcher matcher = RETRY_DELAY.matcher(String.valueOf(refused.message()));
    Duration inBody =
        matcher.find()
            ? Duration.ofMillis((long) Math.ceil(1000 * Double.parseDouble(matcher.group(1))))
            : null;
    Duration inHeader = permit.retryAfter();
    if (inBody == null || inHeader == null) {
      return inBody == null ? inHeader : inBody;
    }
    return inBody.compareTo(inHeader) > 0 ? inBody : inHeader;
  }

  private static String shortened(String text) {
    String line = text.replaceAll("\\s+", " ");
    return line.length() <= MOST_DETAIL ? line : line.substring(0, MOST_DETAIL) + "...";
  }

  /** Whether the same request may go through later. */
  boolean passing() {
    return switch (kind) {
      case THROTTLED, SERVER_ERROR, TIMEOUT, CONNECTION, BAD_ANSWER, NOT_SENT -> true;
      case BAD_ITEM, REFUSED, BAD_REQUEST, BUDGET_AWAY -> false;
    };
  }

  /** Whether the server was seen to turn the request down, which costs nothing. */
  boolean free() {
    return switch (kind) {
      case THROTTLED, REFUSED, BAD_REQUEST, NOT_SENT -> true;
      default -> false;
    };
  }
}
