package io.plateflow.api.openalpr;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plateflow.api.http.Answer;
import io.plateflow.api.http.ErrorForm;
import io.plateflow.api.http.Refusal;
import java.time.Clock;
import java.time.Duration;

/**
 * Refusals as clients of CarCheck know them: 401 for whatever is wrong with the key, 403 for what
 * is too much at the moment.
 */
final class CarCheckErrors implements ErrorForm {

  private final int limit;
  private final Clock clock;

  /**
   * @param limit pictures that a client may send at once
   */
  CarCheckErrors(int limit, Clock clock) {
    this.limit = limit;
    this.clock = clock;
  }

  @Override
  public Answer of(Refusal refusal) {
    int status =
        switch (refusal.kind()) {
          case NO_CREDENTIAL, WRONG_CREDENTIAL, LOCKED, FORBIDDEN -> 401;
          case THROTTLED, BUSY -> 403;
          default -> refusal.kind().status();
        };
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("error_code", status).put("error", text(refusal));
    Answer answer = Answer.json(status, body);
    if (status != 403) {
      return answer;
    }
    Duration later = refusal.retryAfter();
    return CarCheckHeaders.rate(
        answer, limit, 0, clock.instant().plus(later == null ? Duration.ofSeconds(1) : later));
  }

  private static String text(Refusal refusal) {
    String field = refusal.field();
    return switch (refusal.kind()) {
      case NO_CREDENTIAL, WRONG_CREDENTIAL -> "Invalid credentials";
      default -> field == null ? refusal.text() : field + ": " + refusal.text();
    };
  }
}
