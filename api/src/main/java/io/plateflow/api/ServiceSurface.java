package io.plateflow.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plateflow.api.access.Right;
import io.plateflow.api.http.Answer;
import io.plateflow.api.http.HttpMetrics;
import io.plateflow.api.http.Operation;
import io.plateflow.api.http.Refusal;
import io.plateflow.api.http.Surface;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the service says of itself: its name, health, metrics and contracts. */
final class ServiceSurface {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private ServiceSurface() {}

  /**
   * @param documents by their paths
   * @param more operations of the service's own
   * @param open whether everybody may do everything
   */
  static Surface of(
      String version,
      boolean open,
      Health health,
      HttpMetrics metrics,
      Map<String, JsonNode> documents,
      List<List<Operation>> more) {
    List<Operation> operations = new ArrayList<>();
    operations.add(new Operation("GET", "/", null, false, exchange -> root(version, open, health)));
    operations.add(new Operation("GET", "/health", null, false, exchange -> health(health)));
    operations.add(
        new Operation("GET", "/metrics", Right.READ, false, exchange -> metrics.answer()));
    documents.forEach(
        (path, document) ->
            operations.add(
                new Operation(
                    "GET", path, Right.RECOGNIZE, false, exchange -> Answer.json(200, document))));
    more.forEach(operations::addAll);
    return new Surface("plateflow", List.of("/"), ServiceSurface::refused, operations);
  }

  private static Answer root(String version, boolean open, Health health) {
    ObjectNode body = JSON.objectNode();
    body.put("name", "Plateflow");
    body.put("version", version);
    body.put("status", health.state().well() ? "healthy" : "degraded");
    if (open) {
      body.put("open", "Everybody may do everything here: for trying out.");
    }
    return Answer.json(200, body);
  }

  private static Answer health(Health health) {
    Health.State state = health.state();
    ObjectNode body = JSON.objectNode();
    body.put("status", state.well() ? "healthy" : "degraded");
    body.put("postgres", state.postgres());
    body.put("kafka", state.kafka());
    return Answer.json(state.well() ? 200 : 503, body);
  }

  private static Answer refused(Refusal refusal) {
    ObjectNode body = JSON.objectNode().put("detail", refusal.text());
    if (refusal.field() != null) {
      body.put("field", refusal.field());
    }
    Answer answer = Answer.json(refusal.kind().status(), body);
    return refusal.kind().status() == 401
        // Browsers then ask.
        ? answer.withHeader("WWW-Authenticate", "Basic realm=\"plateflow\"")
        : answer;
  }
}
