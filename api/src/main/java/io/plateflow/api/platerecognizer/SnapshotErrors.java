package io.plateflow.api.platerecognizer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plateflow.api.http.Answer;
import io.plateflow.api.http.Refusal;

/** Refusals as clients of Snapshot know them: JSON always, 403 for credentials. */
final class SnapshotErrors {

  private SnapshotErrors() {}

  static Answer of(Refusal refusal) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    int status =
        switch (refusal.kind()) {
          case NO_CREDENTIAL, WRONG_CREDENTIAL, LOCKED, NO_CREDITS -> 403;
          default -> refusal.kind().status();
        };
    switch (refusal.kind()) {
      case BAD_REQUEST -> {
        String field = refusal.field();
        body.putArray(field == null ? "non_field_errors" : field).add(refusal.text());
      }
      // Clients read this key here.
      case TOO_LARGE -> body.put("error", refusal.text()).put("status_code", status);
      case NOT_FOUND, METHOD_NOT_ALLOWED -> body.put("detail", refusal.text());
      default -> body.put("detail", refusal.text()).put("status_code", status);
    }
    return Answer.json(status, body);
  }
}
