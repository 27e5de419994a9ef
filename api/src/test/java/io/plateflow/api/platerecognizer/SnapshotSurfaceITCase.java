package io.plateflow.api.platerecognizer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.plateflow.api.ApiFixture;
import io.plateflow.api.testing.Clip;
import io.plateflow.api.testing.Contract;
import io.plateflow.clients.http.OutboundConfig;
import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.reads.ReadArrival;
import io.plateflow.clients.reads.ReadParser;
import io.plateflow.clients.testing.EmbeddedServices;
import io.plateflow.clients.testing.TopicReader;
import io.plateflow.schemas.avro.PlateReadEvent;
import io.plateflow.schemas.avro.ReadKind;
import io.plateflow.schemas.event.Topics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(EmbeddedServices.class)
class SnapshotSurfaceITCase {

  private static final String PATH = "/v1/plate-reader/";
  private static final String PLATE = Clip.PLATE.toLowerCase(Locale.ROOT);
  private static final Contract CONTRACT = new Contract("snapshot");

  @TempDir static Path pictures;

  private static ApiFixture api;
  private static KafkaConfig brokers;
  private static byte[] car;

  @BeforeAll
  static void start(PostgresConfig postgres, KafkaConfig kafka) {
    brokers = kafka;
    // By its number; by its name it is private like any other.
    api =
        new ApiFixture(
            postgres,
            kafka,
            pictures,
            http -> http.withOutbound(new OutboundConfig(List.of("127.0.0.1"))));
    car = Clip.car();
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  private static JsonNode read(String... texts) {
    HttpResponse<byte[]> answer =
        api.send(ApiFixture.multipart(api.request(PATH), car, texts).build());
    assertThat(answer.statusCode()).isEqualTo(201);
    return CONTRACT.check("POST", PATH, answer);
  }

  private static JsonNode refused(int status, HttpRequest request) {
    HttpResponse<byte[]> answer = api.send(request);
    assertThat(answer.statusCode()).isEqualTo(status);
    return CONTRACT.check("POST", PATH, answer);
  }

  /** The texts of the plates: the car's, and that of a motorcycle behind it. */
  private static List<String> plates(JsonNode answer) {
    return answer.path("results").findValuesAsText("plate").stream().distinct().toList();
  }

  /** The car's. */
  private static JsonNode result(JsonNode answer) {
    for (JsonNode result : answer.path("results")) {
      if (result.path("plate").asText().equals(PLATE)) {
        return result;
      }
    }
    throw new AssertionError("%s is not in %s".formatted(PLATE, answer));
  }

  @Test
  void aPictureIsReadAndJoinsThePasses() throws Exception {
    JsonNode answer =
        read("regions", "id", "camera_id", "gate 7", "timestamp", "2026-08-17T00:00:03.7Z");

    JsonNode result = result(answer);
    assertThat(result.at("/region/code").asText()).isEqualTo("id");
    assertThat(result.at("/vehicle/type").asText()).isEqualTo("Sedan");
    assertThat(result.at("/vehicle/box/xmax").asInt())
        .isGreaterThanOrEqualTo(result.at("/box/xmax").asInt());
    assertThat(result.at("/candidates/0/plate")).isEqualTo(result.at("/plate"));
    assertThat(result.at("/candidates/0/score")).isEqualTo(result.at("/score"));
    assertThat(result.has("color")).as("not asked for").isFalse();
    assertThat(answer.path("filename").asText()).isEqualTo("car.jpg");
    assertThat(answer.path("camera_id").asText()).isEqualTo("gate 7");
    assertThat(answer.path("timestamp").asText()).isEqualTo("2026-08-17T00:00:03.7Z");

    // The answer says that all of this is so already.
    PlateReadEvent event = lastRead(Clip.PLATE);
    assertThat(event.getKind()).isEqualTo(ReadKind.UPLOAD);
    assertThat(event.getSource()).isEqualTo("gate-7");
    assertThat(event.getCapturedAt()).isEqualTo(Instant.parse("2026-08-17T00:00:03.7Z"));
    assertThat(event.getPlate().getText()).isEqualTo(Clip.PLATE);
    assertThat(event.getVehicle().getVehicleClass()).isEqualTo("car");
    assertThat(
            api.query(
                "SELECT accepted_at IS NOT NULL FROM uploads WHERE id = " + event.getUploadId()))
        .isEqualTo("t");
    assertThat(
            api.query(
                "SELECT session_ids[%s] FROM uploads WHERE id = %s"
                    .formatted(event.getRecordId().replaceFirst(".*-", ""), event.getUploadId())))
        .isEqualTo(event.getSessionId().toString());
    assertThat(Files.readAllBytes(Path.of(event.getOriginalPath()))).isEqualTo(car);
    assertThat(Path.of(event.getVehiclePath())).isNotEmptyFile();
    assertThat(Path.of(event.getPlatePath())).isNotEmptyFile();
  }

  private static PlateReadEvent lastRead(String text) {
    try (TopicReader reads = new TopicReader(brokers, Topics.READS)) {
      return reads.all().stream()
          .map(record -> ((ReadArrival) ReadParser.read(record, Instant.now())).event())
          .filter(event -> event.getPlate() != null && event.getPlate().getText().equals(text))
          .reduce((first, second) -> second)
          .orElseThrow();
    }
  }

  @Test
  void everyFormOfTheBodyIsTaken() {
    String base64 = Base64.getEncoder().encodeToString(car);
    String lines = Base64.getMimeEncoder().encodeToString(car);

    result(read());
    assertReads(
        "base64 in multipart", ApiFixture.multipart(api.request(PATH), null, "upload", base64));
    assertReads("with line breaks", ApiFixture.multipart(api.request(PATH), null, "upload", lines));
    assertReads(
        "urlencoded",
        api.request(PATH)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                BodyPublishers.ofString(
                    "regions=id&upload=" + URLEncoder.encode(base64, StandardCharsets.UTF_8))));
    assertReads(
        "urlencoded without encoding",
        api.request(PATH)
            .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
            .POST(BodyPublishers.ofString("upload=" + base64.replace("=", "%3D"))));
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("upload", "data:image/jpeg;base64," + base64).putArray("regions").add("id").add("my");
    json.putObject("config").put("mode", "fast");
    CONTRACT.checkRequest("POST", PATH, "application/json", json);
    assertReads(
        "JSON",
        api.request(PATH)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json.toString())));
  }

  @Test
  void aPictureIsFetchedFromItsAddress() throws Exception {
    HttpServer web = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    web.createContext("/my car.jpg", exchange -> say(exchange, 200, car));
    web.createContext("/page", exchange -> say(exchange, 200, "<html>".getBytes(UTF_8)));
    web.createContext("/none", exchange -> say(exchange, 404, new byte[0]));
    web.start();
    try {
      String base = "http://127.0.0.1:%d".formatted(web.getAddress().getPort());
      HttpResponse<byte[]> form =
          api.send(
              ApiFixture.multipart(
                      api.request(PATH), null, "upload_url", base + "/my%20car.jpg?x=1")
                  .build());
      assertThat(form.statusCode()).isEqualTo(201);
      JsonNode answer = CONTRACT.check("POST", PATH, form);
      assertThat(plates(answer)).contains(PLATE);
      assertThat(answer.path("filename").asText()).isEqualTo("my%20car.jpg");
      ObjectNode json = new ObjectMapper().createObjectNode();
      json.put("upload_url", base + "/my%20car.jpg").putNull("regions");
      CONTRACT.checkRequest("POST", PATH, "application/json", json);
      assertReads(
          "JSON",
          api.request(PATH)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(json.toString())));

      assertThat(refusedAddress(base + "/none"))
          .isEqualTo("The host '127.0.0.1' answered with status 404, expected 200.");
      assertThat(refusedAddress(base + "/page")).isNotEmpty();
      assertThat(refusedAddress(base.replace("127.0.0.1", "localhost") + "/my%20car.jpg"))
          .isEqualTo("The host 'localhost' has no public address.");
      assertThat(refusedAddress("file:///etc/passwd"))
          .isEqualTo("Found an address of 'file:', expected http: or https:.");
    } finally {
      web.stop(0);
    }
  }

  private static void say(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static String refusedAddress(String address) {
    JsonNode answer =
        refused(400, ApiFixture.multipart(api.request(PATH), null, "upload_url", address).build());
    assertThat(answer).hasSize(1);
    return answer.path("upload_url").path(0).asText();
  }

  private static void assertReads(String form, HttpRequest.Builder request) {
    HttpResponse<byte[]> answer = api.send(request.build());
    assertThat(answer.statusCode()).as(form).isEqualTo(201);
    assertThat(plates(CONTRACT.check("POST", PATH, answer))).as(form).contains(PLATE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/plate-reader", "/v1/plate-reader/", "/v1/plate-reader/?_=1723"})
  void thePathNeedsNoSlashAndNoQueryCounts(String path) {
    HttpResponse<byte[]> answer = api.send(ApiFixture.multipart(api.request(path), car).build());

    assertThat(answer.statusCode()).isEqualTo(201);
  }

  @Test
  void withoutATokenInTheHeaderTheStatusIsTheSdks() {
    String basic =
        Base64.getEncoder()
            .encodeToString(("token:" + api.token()).getBytes(StandardCharsets.UTF_8));

    HttpResponse<byte[]> answer =
        api.send(
            ApiFixture.multipart(api.anonymous(PATH).header("Authorization", "Basic " + basic), car)
                .build());

    assertThat(answer.statusCode()).isEqualTo(200);
    CONTRACT.check("POST", PATH, answer);
  }

  @Test
  void makeAndColourAreNamedWhereTheyAreAskedFor() {
    JsonNode result = read("mmc", "True").at("/results/0");

    assertThat(result.at("/color/0/color").asText()).isEqualTo("unknown");
    assertThat(result.at("/model_make/0/make").asText()).isEqualTo("unknown");
    assertThat(result.at("/orientation/0/orientation").asText()).isEqualTo("Unknown");
    assertThat(read("mmc", "false").at("/results/0").has("color")).isFalse();
  }

  @Test
  void theConfigurationDecidesWhatCounts() {
    assertThat(read("config", "{\"threshold_o\": 1}").path("results")).isEmpty();
    assertThat(read("config", "{\"threshold_d\": 1}").path("results")).isEmpty();
    assertThat(plates(read("regions", "id", "config", "{\"region\": \"strict\"}"))).contains(PLATE);
    assertThat(read("regions", "gb", "config", "{\"region\": \"strict\"}").path("results"))
        .isEmpty();
    assertThat(plates(read("config", "{\"mode\": \"fast\", \"what\": null}"))).contains(PLATE);
    assertThat(read("config", "{\"mode\": \"redaction\"}").path("results"))
        .hasSizeGreaterThanOrEqualTo(2);
    assertThat(plates(read("config", "{\"detection_rule\": \"strict\"}"))).contains(PLATE);
  }

  @Test
  void inTheModeOfVehiclesEachVehicleIsAResult() {
    assertThat(read("config", "{\"detection_mode\": \"vehicle\"}").path("results"))
        .anySatisfy(
            result -> {
              assertThat(result.at("/vehicle/type").asText()).isEqualTo("Sedan");
              assertThat(result.at("/plate/props/plate/0/value").asText()).isEqualTo(PLATE);
            });

    JsonNode unread =
        read("config", "{\"detection_mode\": \"vehicle\", \"threshold_o\": 1}").at("/results/0");
    assertThat(unread.path("plate").isNull()).isTrue();
    assertThat(unread.at("/vehicle/score").asDouble()).isPositive();
  }

  @Test
  void aPictureWithoutPlatesIsASuccess() throws Exception {
    byte[] grey =
        Files.readAllBytes(Path.of("../models/src/test/resources/pictures/progressive.jpg"));

    JsonNode answer =
        CONTRACT.check(
            "POST", PATH, api.send(ApiFixture.multipart(api.request(PATH), grey).build()));

    assertThat(answer.path("results")).isEmpty();
  }

  @Test
  void usageIsCounted() {
    int before = statistics().at("/usage/calls").asInt();

    JsonNode answer = read();

    assertThat(answer.at("/usage/calls").asInt()).isEqualTo(before + 1);
    assertThat(answer.at("/usage/max_calls").asInt()).isEqualTo(Integer.MAX_VALUE);
    assertThat(statistics().at("/usage/calls").asInt()).isEqualTo(before + 1);
    assertThat(statistics().path("total_calls").asInt()).isEqualTo(Integer.MAX_VALUE);
  }

  private static JsonNode statistics() {
    return CONTRACT.check(
        "GET", "/v1/statistics/", api.send(api.request("/v1/statistics").build()));
  }

  @Test
  void anUsedUpQuotaIsRefused() {
    api.query("UPDATE api_tokens SET monthly_quota = 0");
    try {
      // A token is believed for a moment.
      HttpRequest request =
          ApiFixture.multipart(
                  api.anonymous(PATH).header("Authorization", "Bearer " + api.token()), car)
              .build();
      assertThat(refused(403, request).path("detail").asText())
          .isEqualTo("No recognitions are left for this month: 0.");
    } finally {
      api.query("UPDATE api_tokens SET monthly_quota = NULL");
    }
  }

  @Test
  void infoShowsTheEndOfTheToken() {
    JsonNode info = CONTRACT.check("GET", "/info/", api.send(api.request("/info/").build()));

    assertThat(info.path("license_key").asText()).hasSize(4);
    assertThat(api.token()).endsWith(info.path("license_key").asText());
  }

  @Test
  void wrongFieldsAreNamed() {
    assertThat(refused(400, ApiFixture.multipart(api.request(PATH), null, "regions", "id").build()))
        .hasToString("{\"upload\":[\"No file was submitted.\"]}");
    assertThat(refused(400, ApiFixture.multipart(api.request(PATH), new byte[0]).build()))
        .hasToString("{\"upload\":[\"The submitted file is empty.\"]}");
    assertThat(refused(400, ApiFixture.multipart(api.request(PATH), car, "mmc", "perhaps").build()))
        .hasToString("{\"mmc\":[\"Must be a valid boolean.\"]}");
    assertThat(
            refused(
                400,
                ApiFixture.multipart(api.request(PATH), car, "config", "{\"mode\": 1, \"mode\": 2}")
                    .build()))
        .hasToString("{\"config\":[\"config: a key stands twice.\"]}");
    assertThat(refused(400, ApiFixture.multipart(api.request(PATH), car, "config", "[]").build()))
        .hasToString("{\"config\":[\"config: expected a JSON object.\"]}");
    assertThat(
            refused(
                400,
                ApiFixture.multipart(api.request(PATH), car, "config", "{\"threshold_o\": 7}")
                    .build()))
        .hasToString("{\"config\":[\"threshold_o: expected a number of 0..1.\"]}");
    assertThat(
            refused(
                    400,
                    api.request(PATH)
                        .header("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofString("hello"))
                        .build())
                .path("non_field_errors"))
        .hasSize(1);
  }

  @Test
  void otherMethodsAndPathsAreRefusedInJson() {
    HttpResponse<byte[]> get = api.send(api.request(PATH).GET().build());
    assertThat(get.statusCode()).isEqualTo(405);
    assertThat(get.headers().firstValue("Allow")).hasValue("POST");
    CONTRACT.check("POST", PATH, get);

    HttpResponse<byte[]> unknown = api.send(api.request("/v1/blur").build());
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(new String(unknown.body(), StandardCharsets.UTF_8))
        .isEqualTo("{\"detail\":\"Not found.\"}");
  }

  @Test
  void theDocumentIsServed() throws Exception {
    HttpResponse<byte[]> answer = api.send(api.request("/openapi/snapshot.json").build());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(new ObjectMapper().readTree(answer.body()).path("paths").has(PATH)).isTrue();
  }

  @Test
  void everyOperationOfTheDocumentIsThere() {
    assertThat(CONTRACT.operations()).hasSize(3);
    for (String operation : CONTRACT.operations()) {
      String[] parts = operation.split(" ");
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(api.uri(parts[1]).toString()))
              .timeout(Duration.ofSeconds(10))
              .method(parts[0], BodyPublishers.noBody())
              .build();
      // Refused for its credential, so it is there.
      assertThat(api.send(request).statusCode()).as(operation).isEqualTo(403);
      assertThat(CONTRACT.statuses(parts[0], parts[1]))
          .as(operation)
          .contains("400", "403", "405", "431", "500", "503");
    }
  }
}
