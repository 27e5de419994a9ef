package io.plateflow.api.openalpr;

import io.plateflow.api.http.Answer;
import java.time.Instant;

/** What clients are told of their rate. */
final class CarCheckHeaders {

  private CarCheckHeaders() {}

  /**
   * @param limit pictures at once
   * @param remaining of them
   * @param reset when all of them are there again; told in whole seconds, rather later
   */
  static Answer rate(Answer answer, int limit, long remaining, Instant reset) {
    return answer
        .withHeader("X-RateLimit-Limit", Integer.toString(limit))
        .withHeader("X-RateLimit-Remaining", Long.toString(remaining))
        .withHeader("X-RateLimit-Reset", Long.toString(reset.plusMillis(999).getEpochSecond()));
  }
}
