package io.plateflow.api.administration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plateflow.api.ApiCommand;
import io.plateflow.api.ApiFixture;
import io.plateflow.api.testing.Clip;
import io.plateflow.api.testing.Contract;
import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.testing.EmbeddedServices;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

@ExtendWith(EmbeddedServices.class)
class AdministrationITCase {

  private static final String TOKENS = "/api/v1/tokens";
  private static final String USERS = "/api/v1/users";
  private static final String READER = "/v1/plate-reader/";
  private static final Contract CONTRACT = new Contract("service");

  @TempDir static Path pictures;

  private static PostgresConfig database;
  private static KafkaConfig brokers;
  private static ApiFixture api;

  @BeforeAll
  static void start(PostgresConfig postgres, KafkaConfig kafka) {
    database = postgres;
    brokers = kafka;
    api = new ApiFixture(postgres, kafka, pictures);
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  private static JsonNode send(int status, String method, String path, String body) {
    HttpResponse<byte[]> answer =
        api.send(
            api.request(path)
                .header("Content-Type", "application/json")
                .method(
                    method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build());
    assertThat(answer.statusCode()).as(text(answer)).isEqualTo(status);
    return CONTRACT.check(method, path.replaceFirst("/[0-9]+$", "/{id}"), answer);
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private static int status(ApiFixture service, String authorization, String path) {
    return service
        .send(service.anonymous(path).header("Authorization", authorization).build())
        .statusCode();
  }

  private static int info(String token) {
    return status(api, "Token " + token, "/info/");
  }

  private static String basic(String user, String password) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode user(String name, String role) {
    return send(201, "POST", USERS, "{\"name\": \"%s\", \"role\": \"%s\"}".formatted(name, role));
  }

  private static JsonNode token(String owner, String more) {
    return send(
        201,
        "POST",
        TOKENS,
        "{\"name\": \"a camera\", \"owner\": \"%s\"%s}".formatted(owner, more));
  }

  @Test
  void aTokenIsShownOnceAndWorksUntilItIsRevoked() throws Exception {
    JsonNode made = token("admin", ", \"rate\": 7, \"monthly_quota\": 100");
    String secret = made.path("token").asText();
    String path = TOKENS + "/" + made.path("id").asLong();

    assertThat(info(secret)).isEqualTo(200);
    assertThat(status(api, "Token " + secret, "/metrics")).as("read is usual").isEqualTo(200);
    assertThat(status(api, "Token " + secret, TOKENS)).as("admin is not").isEqualTo(403);
    JsonNode shown = send(200, "GET", path, null);
    assertThat(shown.path("rate").asInt()).isEqualTo(7);
    assertThat(shown.path("monthly_quota").asInt()).isEqualTo(100);
    assertThat(secret).endsWith(shown.path("last_four").asText());
    assertThat(send(200, "GET", TOKENS, null).toString()).doesNotContain(secret);
    assertThat(api.query("SELECT count(*) FROM api_tokens t WHERE t::text LIKE '%" + secret + "%'"))
        .isEqualTo("0");

    send(200, "DELETE", path, null);
    assertThat(info(secret)).isEqualTo(403);
    send(404, "DELETE", path, null);
    send(404, "GET", path, null);
  }

  @Test
  void aChangedTokenCountsAtOnce() throws Exception {
    JsonNode made = token("admin", ", \"rights\": [\"admin\"]");
    String secret = made.path("token").asText();
    String path = TOKENS + "/" + made.path("id").asLong();
    assertThat(info(secret)).isEqualTo(403);

    JsonNode changed =
        send(200, "PATCH", path, "{\"rights\": [\"recognize\"], \"monthly_quota\": 0}");

    assertThat(changed.path("name").asText()).isEqualTo("a camera");
    assertThat(changed.path("rights")).hasSize(1);
    assertThat(info(secret)).isEqualTo(200);
    assertThat(picture(api, secret)).as("no credits").isEqualTo(403);
    send(200, "PATCH", path, "{\"monthly_quota\": null}");
    assertThat(picture(api, secret)).isEqualTo(201);
    assertThat(send(200, "GET", path, null).at("/this_month/calls").asInt()).isEqualTo(1);
  }

  private static int picture(ApiFixture service, String token) {
    return service
        .send(
            ApiFixture.multipart(
                    service.anonymous(READER).header("Authorization", "Token " + token), Clip.car())
                .build())
        .statusCode();
  }

  @Test
  void whatWasUsedOutlivesTheService() {
    String secret = token("admin", ", \"monthly_quota\": 1").path("token").asText();
    assertThat(picture(api, secret)).isEqualTo(201);

    try (ApiFixture another = new ApiFixture(database, brokers, pictures)) {
      assertThat(picture(another, secret)).isEqualTo(403);
    }
  }

  @Test
  void tokensStopWithTheirOwner() {
    JsonNode owner = user("owner.1", "operator");
    String path = USERS + "/" + owner.path("id").asLong();
    String secret =
        token("owner.1", ", \"rights\": [\"recognize\", \"admin\"]").path("token").asText();
    assertThat(info(secret)).isEqualTo(200);
    assertThat(status(api, "Token " + secret, TOKENS)).as("more than its owner").isEqualTo(403);

    assertThat(send(200, "PATCH", path, "{\"disabled\": true}").path("disabled").asBoolean())
        .isTrue();
    assertThat(info(secret)).isEqualTo(403);
    assertThat(status(api, basic("owner.1", owner.path("password").asText()), "/info/"))
        .isEqualTo(403);
    send(200, "PATCH", path, "{\"disabled\": false}");
    assertThat(info(secret)).isEqualTo(200);

    send(200, "DELETE", path, null);
    assertThat(info(secret)).isEqualTo(403);
    assertThat(
            api.query(
                "SELECT count(*) FROM api_tokens t JOIN api_users u ON u.id = owner_id WHERE u.name = 'owner.1'"))
        .isEqualTo("0");
  }

  @Test
  void aUserSignsInWithTheNewPasswordOnly() {
    JsonNode made = user("someone@example.org", "admin");
    String first = made.path("password").asText();
    String path = USERS + "/" + made.path("id").asLong();
    assertThat(status(api, basic("someone@example.org", first), "/info/")).isEqualTo(200);

    send(200, "PATCH", path, "{\"password\": \"another long one\"}");

    assertThat(status(api, basic("someone@example.org", first), "/info/")).isEqualTo(403);
    assertThat(status(api, basic("someone@example.org", "another long one"), "/info/"))
        .isEqualTo(200);
    for (int i = 0; i < 5; i++) {
      status(api, basic("someone@example.org", "wrong" + i), "/info/");
    }
    assertThat(send(200, "GET", path, null).path("locked").asBoolean()).isTrue();
    send(200, "PATCH", path, "{\"password\": \"yet another one\"}");
    assertThat(send(200, "GET", path, null).path("locked").asBoolean()).isFalse();
    assertThat(send(200, "GET", USERS, null).toString()).doesNotContain("argon2", "password");
  }

  @Test
  void theLastAdministratorStays() {
    String path = USERS + "/" + api.query("SELECT id FROM api_users WHERE name = 'admin'");

    assertThat(send(409, "DELETE", path, null).path("detail").asText()).contains("last");
    send(409, "PATCH", path, "{\"disabled\": true}");
    send(409, "PATCH", path, "{\"role\": \"operator\"}");
    send(409, "POST", USERS, "{\"name\": \"admin\", \"role\": \"operator\"}");
    assertThat(api.query("SELECT role || disabled FROM api_users WHERE name = 'admin'"))
        .isEqualTo("super_adminfalse");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/v1/tokens | {} | owner",
        "/api/v1/tokens | {\"owner\": \"admin\"} | name",
        "/api/v1/tokens | {\"owner\": \"admin\", \"name\": \" \"} | name",
        "/api/v1/tokens | {\"owner\": \"nobody\", \"name\": \"x\"} | owner",
        "/api/v1/tokens | {\"owner\": \"admin\", \"name\": \"x\", \"rights\": []} | rights",
        "/api/v1/tokens | {\"owner\": \"admin\", \"name\": \"x\", \"rights\": [\"all\"]} | rights",
        "/api/v1/tokens | {\"owner\": \"admin\", \"name\": \"x\", \"rights\": \"read\"} | rights",
        "/api/v1/tokens | {\"owner\": \"admin\", \"name\": \"x\", \"rate\": 0} | rate",
        "/api/v1/tokens | {\"owner\": \"admin\", \"name\": \"x\", \"rate\": 1.5} | rate",
        "/api/v1/tokens | {\"owner\": \"admin\", \"name\": \"x\", \"monthly_quota\": -1} | monthly_quota",
        "/api/v1/tokens | {\"owner\": \"admin\", \"name\": \"x\", \"monthly_quota\": 99999999999} | monthly_quota",
        "/api/v1/tokens | {\"owner\": \"admin\", \"name\": \"x\", \"quota\": 1} | quota",
        "/api/v1/users | {\"name\": \"a b\", \"role\": \"admin\"} | name",
        "/api/v1/users | {\"name\": \"token\", \"role\": \"admin\"} | name",
        "/api/v1/users | {\"name\": \"x\", \"role\": \"root\"} | role",
        "/api/v1/users | {\"name\": \"x\", \"role\": \"admin\", \"password\": \"short\"} | password",
        "/api/v1/users | {\"name\": \"x\", \"role\": \"admin\", \"password\": 1234567890} | password",
      })
  void wrongFieldsAreNamed(String path, String body, String field) {
    assertThat(send(400, "POST", path, body).path("field").asText()).isEqualTo(field);
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "99999999999999999999999", "1e3", "%2e%2e"})
  void whatIsNoIdIsNotThere(String id) {
    for (String path : List.of(TOKENS, USERS)) {
      HttpResponse<byte[]> answer = api.send(api.request(path + "/" + id).build());
      assertThat(answer.statusCode()).isIn(404, 400);
    }
  }

  @Test
  void aFormOfAnotherPageChangesNothing() {
    HttpRequest form =
        api.request(TOKENS)
            .header("Content-Type", "text/plain")
            .POST(BodyPublishers.ofString("{\"owner\": \"admin\", \"name\": \"x\"}"))
            .build();

    assertThat(api.send(form).statusCode()).isEqualTo(400);
  }

  @Test
  void aClientHasOnlySoManyUnderWay() {
    try (ApiFixture narrow =
        new ApiFixture(database, brokers, pictures, http -> http.withConcurrent(1))) {
      String secret = token("admin", "").path("token").asText();
      List<CompletableFuture<Integer>> all = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        all.add(CompletableFuture.supplyAsync(() -> picture(narrow, secret)));
      }
      List<Integer> statuses = all.stream().map(CompletableFuture::join).toList();

      assertThat(statuses).containsOnly(201, 429).contains(201, 429);
      assertThat(picture(narrow, secret)).as("afterwards").isEqualTo(201);
    }
  }

  @Test
  void whoOwnsTheDatabaseRecoversLostKeys() throws Exception {
    JsonNode lost = user("lost", "operator");
    send(200, "PATCH", USERS + "/" + lost.path("id").asLong(), "{\"disabled\": true}");
    Path config = pictures.resolve("recover.yml");
    Files.writeString(
        config,
        """
        postgres: {url: "%s", user: "%s", password: "%s"}
        kafka: {bootstrap-servers: "127.0.0.1:1"}
        """
            .formatted(database.jdbcUrl(), database.user(), database.password()));
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream console = System.out;
    System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
    int status;
    try {
      status =
          new CommandLine(new ApiCommand())
              .execute("--config", config.toString(), "--recover", "lost");
    } finally {
      System.setOut(console);
    }

    assertThat(status).isZero();
    Matcher secrets =
        Pattern.compile("user lost {2}password (\\S+)\ntoken ([0-9a-f]{40})\n")
            .matcher(said.toString(StandardCharsets.UTF_8));
    assertThat(secrets.find()).isTrue();
    assertThat(status(api, basic("lost", secrets.group(1)), TOKENS)).isEqualTo(200);
    assertThat(status(api, "Token " + secrets.group(2), TOKENS)).isEqualTo(200);
    assertThat(status(api, "Token " + api.token(), TOKENS)).as("others stay").isEqualTo(200);
    // Else there would be two administrators.
    send(200, "DELETE", USERS + "/" + lost.path("id").asLong(), null);
  }

  @Test
  void everyOperationOfTheDocumentIsThereAndEveryOtherIsDocumented() throws Exception {
    HttpResponse<byte[]> document = api.send(api.request("/openapi/service.json").build());

    assertThat(new ObjectMapper().readTree(document.body()).path("paths").size()).isGreaterThan(5);
    assertThat(api.operations()).containsAll(CONTRACT.operations());
    assertThat(CONTRACT.operations())
        .containsAll(api.operations().stream().filter(o -> o.contains("/api/v1/")).toList());
  }
}
