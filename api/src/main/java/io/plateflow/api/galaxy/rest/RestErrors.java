package io.plateflow.api.galaxy.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plateflow.api.http.Answer;
import io.plateflow.api.http.Refusal;

/** Refusals as FastAPI has them: a text, or a list of the fields that are wrong. */
final class RestErrors {

  static final String REQUIRED = "Field required";

  private static final String IN_PATH = "path.";
  private static final String IN_QUERY = "query.";

  private RestErrors() {}

  static Refusal path(String name, String message) {
    return Refusal.field(IN_PATH + name, message);
  }

  static Refusal query(String name, String message) {
    return Refusal.field(IN_QUERY + name, message);
  }

  static Refusal notFound(String text) {
    return Refusal.of(Refusal.Kind.NOT_FOUND, text);
  }

  static Answer of(Refusal refusal) {
    String field = refusal.field();
    if (field != null) {
      return unprocessable(field, refusal.text());
    }
    Answer answer = detail(refusal.kind().status(), refusal.text());
    return refusal.kind().status() == 401
        // Browsers then ask.
        ? answer.withHeader("WWW-Authenticate", "Basic realm=\"plateflow\"")
        : answer;
  }

  static Answer detail(int status, String text) {
    return Answer.json(status, JsonNodeFactory.instance.objectNode().put("detail", text));
  }

  private static Answer unprocessable(String field, String text) {
    String place =
        field.startsWith(IN_PATH) ? "path" : field.startsWith(IN_QUERY) ? "query" : "body";
    String name = place.equals("body") ? field : field.substring(place.length() + 1);
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode detail = body.putArray("detail").addObject();
    detail.putArray("loc").add(place).add(name);
    detail.put("msg", text);
    detail.put("type", text.equals(REQUIRED) ? "missing" : "value_error");
    return Answer.json(422, body);
  }
}
