package io.plateflow.api.administration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plateflow.api.access.AccessAdministration;
import io.plateflow.api.access.AccessAdministration.Made;
import io.plateflow.api.access.AccessException;
import io.plateflow.api.access.Authenticator;
import io.plateflow.api.access.DeniedException;
import io.plateflow.api.access.Right;
import io.plateflow.api.access.TokenRow;
import io.plateflow.api.access.TokenSettings;
import io.plateflow.api.access.UserRow;
import io.plateflow.api.http.Answer;
import io.plateflow.api.http.Exchange;
import io.plateflow.api.http.JsonFields;
import io.plateflow.api.http.Operation;
import io.plateflow.api.http.Refusal;
import io.plateflow.clients.ClientException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes, lists, changes and takes away users and tokens. */
public final class AdministrationOperations {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String TOKENS = "/api/v1/tokens";
  private static final String USERS = "/api/v1/users";
  private static final String ONE = "/{id}";
  private static final Set<Right> USUAL = EnumSet.of(Right.RECOGNIZE, Right.READ);

  private final AccessAdministration administration;
  private final Authenticator authenticator;

  private AdministrationOperations(
      AccessAdministration administration, Authenticator authenticator) {
    this.administration = administration;
    this.authenticator = authenticator;
  }

  /**
   * @param authenticator is told of every change
   */
  public static List<Operation> of(
      AccessAdministration administration, Authenticator authenticator) {
    AdministrationOperations all = new AdministrationOperations(administration, authenticator);
    return List.of(
        operation("GET", TOKENS, all::tokens),
        operation("POST", TOKENS, all::makeToken),
        operation("GET", TOKENS + ONE, all::token),
        operation("PATCH", TOKENS + ONE, all::changeToken),
        operation("DELETE", TOKENS + ONE, all::revokeToken),
        operation("GET", USERS, all::users),
        operation("POST", USERS, all::makeUser),
        operation("GET", USERS + ONE, all::user),
        operation("PATCH", USERS + ONE, all::changeUser),
        operation("DELETE", USERS + ONE, all::deleteUser));
  }

  /** Work that may fail in the ways of users and tokens. */
  @FunctionalInterface
  private interface Work {
    Answer answer(Exchange exchange) throws AccessException, DeniedException;
  }

  private static Operation operation(String method, String path, Work work) {
    return new Operation(method, path, Right.ADMIN, false, exchange -> answered(exchange, work));
  }

  private static Answer answered(Exchange exchange, Work work) {
    try {
      return work.answer(exchange);
    } catch (AccessException e) {
      String text = String.valueOf(e.getMessage());
      throw e.field() == null
          ? Refusal.of(Refusal.Kind.CONFLICT, text)
          : Refusal.field(e.field(), text + ".");
    } catch (DeniedException e) {
      throw Refusal.later(
          Refusal.Kind.THROTTLED,
          "Too many passwords are worked on at the moment.",
          Duration.ofSeconds(1));
    } catch (ClientException e) {
      throw Refusal.because(
          Refusal.Kind.UNAVAILABLE, "Users and tokens cannot be reached at the moment.", e);
    }
  }

  private Answer tokens(Exchange exchange) {
    ObjectNode body = JSON.objectNode();
    ArrayNode list = body.putArray("tokens");
    administration.tokens().forEach(row -> list.add(json(row)));
    return Answer.json(200, body);
  }

  private Answer token(Exchange exchange) {
    return Answer.json(200, json(found(administration.token(id(exchange)))));
  }

  private Answer makeToken(Exchange exchange) throws AccessException {
    JsonFields fields =
        JsonFields.of(exchange.json(), "name", "owner", "rights", "rate", "monthly_quota");
    Made<TokenRow> made =
        administration.makeToken(
            fields.required("owner"),
            new TokenSettings(
                fields.required("name"),
                rights(fields, USUAL),
                fields.integer("rate"),
                fields.integer("monthly_quota")));
    return Answer.json(201, json(made.row()).put("token", made.secret()));
  }

  private Answer changeToken(Exchange exchange) throws AccessException {
    TokenRow now = found(administration.token(id(exchange)));
    JsonFields fields = JsonFields.of(exchange.json(), "name", "rights", "rate", "monthly_quota");
    String name = fields.text("name");
    Optional<TokenRow> changed =
        administration.changeToken(
            now.id(),
            new TokenSettings(
                name == null ? now.name() : name,
                rights(fields, now.rights()),
                fields.has("rate") ? fields.integer("rate") : now.rate(),
                fields.has("monthly_quota")
                    ? fields.integer("monthly_quota")
                    : now.monthlyQuota()));
    authenticator.forget();
    return Answer.json(200, json(found(changed)));
  }

  private Answer revokeToken(Exchange exchange) {
    TokenRow gone = found(administration.token(id(exchange)));
    administration.revokeToken(gone.id());
    authenticator.forget();
    return Answer.json(200, json(gone));
  }

  private Answer users(Exchange exchange) {
    ObjectNode body = JSON.objectNode();
    ArrayNode list = body.putArray("users");
    administration.users().forEach(row -> list.add(json(row)));
    return Answer.json(200, body);
  }

  private Answer user(Exchange exchange) {
    return Answer.json(200, json(found(administration.user(id(exchange)))));
  }

  private Answer makeUser(Exchange exchange) throws AccessException, DeniedException {
    JsonFields fields = JsonFields.of(exchange.json(), "name", "role", "password");
    String given = fields.text("password");
    Made<UserRow> made =
        administration.makeUser(fields.required("name"), fields.required("role"), given);
    ObjectNode body = json(made.row());
    if (given == null) {
      body.put("password", made.secret());
    }
    return Answer.json(201, body);
  }

  private Answer changeUser(Exchange exchange) throws AccessException, DeniedException {
    JsonFields fields = JsonFields.of(exchange.json(), "role", "disabled", "password");
    Optional<UserRow> changed =
        administration.changeUser(
            id(exchange), fields.text("role"), fields.bool("disabled"), fields.text("password"));
    authenticator.forget();
    return Answer.json(200, json(found(changed)));
  }

  private Answer deleteUser(Exchange exchange) throws AccessException {
    UserRow gone = found(administration.deleteUser(id(exchange)));
    authenticator.forget();
    return Answer.json(200, json(gone));
  }

  private static Set<Right> rights(JsonFields fields, Set<Right> otherwise) {
    List<String> labels = fields.texts("rights");
    if (labels == null) {
      return otherwise;
    }
    Set<Right> rights = EnumSet.noneOf(Right.class);
    for (String label : labels) {
      rights.add(
          Right.of(label)
              .orElseThrow(
                  () ->
                      Refusal.field("rights", "expected some of recognize, read, write, admin.")));
    }
    return rights;
  }

  private static long id(Exchange exchange) {
    String text = exchange.variable("id");
    // What is no id of ours is not there either, whatever it looks like.
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }

  private static <T> T found(Optional<T> row) {
    return row.orElseThrow(() -> Refusal.of(Refusal.Kind.NOT_FOUND, "Not found."));
  }

  private static ObjectNode json(TokenRow row) {
    ObjectNode json = JSON.objectNode();
    json.put("id", row.id()).put("name", row.name()).put("owner", row.owner());
    json.put("last_four", row.lastFour());
    ArrayNode rights = json.putArray("rights");
    row.rights().stream().sorted().map(Right::label).forEach(rights::add);
    json.set("rate", number(row.rate()));
    json.set("monthly_quota", number(row.monthlyQuota()));
    json.put("created_at", row.createdAt().toString());
    json.putObject("this_month").put("calls", row.calls()).put("credits", row.credits());
    return json;
  }

  private static JsonNode number(@Nullable Integer value) {
    return value == null ? JSON.nullNode() : JSON.numberNode(value);
  }

  private static ObjectNode json(UserRow row) {
    return JSON.objectNode()
        .put("id", row.id())
        .put("name", row.name())
        .put("role", row.role())
        .put("disabled", row.disabled())
        .put("locked", row.locked())
        .put("created_at", row.createdAt().toString());
  }
}
