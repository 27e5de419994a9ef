package io.plateflow.api.webhooks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plateflow.api.access.Right;
import io.plateflow.api.http.Answer;
import io.plateflow.api.http.Exchange;
import io.plateflow.api.http.JsonFields;
import io.plateflow.api.http.Operation;
import io.plateflow.api.http.Refusal;
import io.plateflow.clients.ClientException;
import io.plateflow.clients.web.WebClient;
import io.plateflow.clients.web.WebException;
import io.plateflow.clients.webhooks.NewWebhook;
import io.plateflow.clients.webhooks.Webhook;
import io.plateflow.clients.webhooks.WebhookOutbox;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes, lists and takes away targets of webhooks. */
public final class WebhookOperations {

  /** A picture was recognized. */
  public static final String IMAGE_DONE = "image.done";

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String PATH = "/api/webhooks";
  private static final int SECRET_BYTES = 32;
  private static final int LONGEST = 500;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final WebhookOutbox outbox;
  private final WebClient web;

  private WebhookOperations(WebhookOutbox outbox, WebClient web) {
    this.outbox = outbox;
    this.web = web;
  }

  public static List<Operation> of(WebhookOutbox outbox, WebClient web) {
    WebhookOperations all = new WebhookOperations(outbox, web);
    return List.of(
        operation("GET", PATH, all::list),
        operation("POST", PATH, all::add),
        operation("DELETE", PATH + "/{id}", all::remove));
  }

  private static Operation operation(String method, String path, Operation.Handling handling) {
    return new Operation(
        method,
        path,
        Right.ADMIN,
        false,
        exchange -> {
          try {
            return handling.answer(exchange);
          } catch (ClientException e) {
            throw Refusal.because(
                Refusal.Kind.UNAVAILABLE, "Webhooks cannot be reached at the moment.", e);
          }
        });
  }

  private Answer list(Exchange exchange) {
    ObjectNode body = JSON.objectNode();
    ArrayNode list = body.putArray("webhooks");
    outbox.webhooks().forEach(each -> list.add(json(each)));
    return Answer.json(200, body);
  }

  private Answer add(Exchange exchange) {
    JsonFields fields =
        JsonFields.of(exchange.json(), "target", "image", "events", "secret", "authorization");
    String target = fields.required("target");
    try {
      web.check(target);
    } catch (WebException e) {
      throw Refusal.field("target", String.valueOf(e.getMessage()));
    }
    List<String> events = fields.texts("events");
    if (events != null && !events.equals(List.of(IMAGE_DONE))) {
      throw Refusal.field("events", "expected [\"%s\"].".formatted(IMAGE_DONE));
    }
    String given = checked(fields, "secret");
    String secret = given == null ? newSecret() : given;
    long id =
        outbox.add(
            new NewWebhook(
                target.strip(),
                Boolean.TRUE.equals(fields.bool("image")),
                List.of(IMAGE_DONE),
                secret,
                checked(fields, "authorization")));
    ObjectNode body =
        json(
            outbox.webhook(id).orElseThrow(() -> Refusal.of(Refusal.Kind.NOT_FOUND, "Not found.")));
    if (given == null) {
      body.put("secret", secret);
    }
    return Answer.json(201, body);
  }

  private Answer remove(Exchange exchange) {
    String text = exchange.variable("id");
    if (!text.matches("[0-9]{1,18}") || !outbox.remove(Long.parseLong(text))) {
      throw Refusal.of(Refusal.Kind.NOT_FOUND, "Not found.");
    }
    return Answer.json(200, JSON.objectNode().put("id", Long.parseLong(text)));
  }

  /** What can stand in a header. */
  private static @Nullable String checked(JsonFields fields, String name) {
    String text = fields.text(name);
    if (text != null && (text.isEmpty() || text.length() > LONGEST || !text.matches("[ -~]+"))) {
      throw Refusal.field(
          name,
          "expected 1 to %d characters of ASCII, without control characters.".formatted(LONGEST));
    }
    return text;
  }

  private static String newSecret() {
    byte[] bits = new byte[SECRET_BYTES];
    RANDOM.nextBytes(bits);
    return HexFormat.of().formatHex(bits);
  }

  private static ObjectNode json(Webhook webhook) {
    ObjectNode json = JSON.objectNode();
    json.put("id", webhook.id()).put("target", webhook.target()).put("image", webhook.image());
    webhook.events().forEach(json.putArray("events")::add);
    json.put(
        "failing_since", webhook.failingSince() == null ? null : webhook.failingSince().toString());
    json.put("last_error", webhook.lastError());
    return json.put("waiting", webhook.waiting()).put("dead", webhook.dead());
  }
}
