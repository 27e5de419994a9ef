package io.plateflow.api.http;

import io.plateflow.api.access.Right;
import org.jspecify.annotations.Nullable;

/**
 * One method on one path.
 *
 * @param path as documented, with {@code {name}} for a segment that varies, and {@code {name...}}
 *     at its end for any number of them
 * @param right what a client needs; null lets everybody in without a credential
 * @param metered whether it counts against the client's rate
 * @param key where a client may have its token that sends no {@code Authorization}; null for
 *     nowhere
 */
public record Operation(
    String method,
    String path,
    @Nullable Right right,
    boolean metered,
    @Nullable KeyField key,
    Handling handling) {

  /** For clients that send {@code Authorization}. */
  public Operation(
      String method, String path, @Nullable Right right, boolean metered, Handling handling) {
    this(method, path, right, metered, null, handling);
  }

  /** Answers one request. */
  @FunctionalInterface
  public interface Handling {

    /**
     * @throws Refusal where it is not answered as asked
     */
    Answer answer(Exchange exchange) throws Exception;
  }

  /** For metrics and messages. */
  public String name() {
    return method + " " + path;
  }
}
