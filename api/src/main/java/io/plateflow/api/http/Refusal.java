package io.plateflow.api.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Why a request is not answered as asked; each surface has a form of its own for it. */
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The kinds, with the status that they have where a surface has no other for them. */
  public enum Kind {
    BAD_REQUEST(400),
    NO_CREDENTIAL(401),
    WRONG_CREDENTIAL(401),
    LOCKED(401),
    FORBIDDEN(403),
    NO_CREDITS(402),
    NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    TIMEOUT(408),
    CONFLICT(409),
    TOO_LARGE(413),
    HEADERS_TOO_LARGE(431),
    THROTTLED(429),
    INTERNAL(500),
    /** All workers have something to do, and enough waits. */
    BUSY(503),
    /** Postgres, Kafka or the folder of pictures is away. */
    UNAVAILABLE(503);

    private final int status;

    Kind(int status) {
      this.status = status;
    }

    public int status() {
      return status;
    }
  }

  private final Kind kind;
  private final @Nullable String field;
  private final @Nullable Duration retryAfter;

  private Refusal(
      Kind kind,
      @Nullable String field,
      String message,
      @Nullable Duration retryAfter,
      @Nullable Throwable cause) {
    super(message, cause, false, false);
    this.kind = kind;
    this.field = field;
    this.retryAfter = retryAfter;
  }

  public static Refusal of(Kind kind, String message) {
    return new Refusal(kind, null, message, null, null);
  }

  /** With what is at fault, for the log. */
  public static Refusal because(Kind kind, String message, Throwable cause) {
    return new Refusal(kind, null, message, null, cause);
  }

  /** One field of the request is wrong. */
  public static Refusal field(String field, String message) {
    return new Refusal(Kind.BAD_REQUEST, field, message, null, null);
  }

  /** The same request may be answered later. */
  public static Refusal later(Kind kind, String message, Duration retryAfter) {
    return new Refusal(kind, null, message, retryAfter, null);
  }

  public Kind kind() {
    return kind;
  }

  /** The field that is wrong, or null. */
  public @Nullable String field() {
    return field;
  }

  public @Nullable Duration retryAfter() {
    return retryAfter;
  }

  /** For the client. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
