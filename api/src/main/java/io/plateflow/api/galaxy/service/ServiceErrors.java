package io.plateflow.api.galaxy.service;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plateflow.api.galaxy.GalaxyTimes;
import io.plateflow.api.http.Answer;
import io.plateflow.api.http.ErrorForm;
import io.plateflow.api.http.Refusal;

/** Refusals as clients of the service know them. */
final class ServiceErrors implements ErrorForm {

  private final GalaxyTimes times;

  ServiceErrors(GalaxyTimes times) {
    this.times = times;
  }

  @Override
  public Answer of(Refusal refusal) {
    String text =
        refusal.kind() == Refusal.Kind.INTERNAL
            ? "ALPR processing failed: " + refusal.text()
            : refusal.text();
    Answer answer = Answer.json(refusal.kind().status(), body(text));
    return answer.status() == 401
        // Browsers then ask.
        ? answer.withHeader("WWW-Authenticate", "Basic realm=\"plateflow\"")
        : answer;
  }

  /** A field is missing: what FastAPI says of it, beside the form of this surface. */
  Answer missing(String field) {
    ObjectNode body = body("Field required: " + field);
    ObjectNode detail = body.putArray("detail").addObject();
    detail.putArray("loc").add("body").add(field);
    detail.put("msg", "Field required").put("type", "missing");
    return Answer.json(422, body);
  }

  private ObjectNode body(String error) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("success", false)
        .put("error", error)
        .put("error_type", "HTTPException")
        .put("timestamp", times.timestamp());
  }
}
