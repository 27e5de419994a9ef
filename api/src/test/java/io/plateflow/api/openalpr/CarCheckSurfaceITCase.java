package io.plateflow.api.openalpr;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.plateflow.api.ApiFixture;
import io.plateflow.api.testing.Clip;
import io.plateflow.api.testing.Contract;
import io.plateflow.api.testing.Multipart;
import io.plateflow.clients.http.OutboundConfig;
import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.reads.ReadArrival;
import io.plateflow.clients.reads.ReadParser;
import io.plateflow.clients.testing.EmbeddedServices;
import io.plateflow.clients.testing.TopicReader;
import io.plateflow.schemas.avro.PlateReadEvent;
import io.plateflow.schemas.event.Topics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(EmbeddedServices.class)
class CarCheckSurfaceITCase {

  private static final String FILE = "/v3/recognize";
  private static final String URL = "/v3/recognize_url";
  private static final String BYTES = "/v3/recognize_bytes";
  private static final Contract CONTRACT = new Contract("carcheck");

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

  /** As generated clients send it: the key in the address, the picture as CSV. */
  private static HttpRequest file(String path, String query) {
    return new Multipart()
        .file("image", "car.csv", "text/csv", car)
        .on(api.anonymous("%s?secret_key=%s&%s".formatted(path, api.token(), query)));
  }

  private static JsonNode read(String query) {
    HttpResponse<byte[]> answer = api.send(file(FILE, query));
    assertThat(answer.statusCode()).isEqualTo(200);
    return CONTRACT.check("POST", FILE, answer);
  }

  private static String refused(int status, String path, HttpRequest request) {
    HttpResponse<byte[]> answer = api.send(request);
    assertThat(answer.statusCode()).isEqualTo(status);
    JsonNode body = CONTRACT.check("POST", path, answer);
    assertThat(body.path("error_code").asInt()).isEqualTo(status);
    return body.path("error").asText();
  }

  private static List<String> plates(JsonNode answer) {
    return answer.path("results").findValuesAsText("plate").stream().distinct().toList();
  }

  private static JsonNode result(JsonNode answer) {
    for (JsonNode result : answer.path("results")) {
      if (result.path("plate").asText().equals(Clip.PLATE)) {
        return result;
      }
    }
    throw new AssertionError("%s is not in %s".formatted(Clip.PLATE, answer));
  }

  @Test
  void aPictureIsReadAndJoinsThePasses() throws Exception {
    long before = System.currentTimeMillis();

    JsonNode answer = read("country=id");

    JsonNode result = result(answer);
    assertThat(result.path("confidence").asDouble()).isBetween(60.0, 100.0);
    assertThat(result.path("matches_template").asInt()).isOne();
    assertThat(result.path("region").asText()).isEqualTo("id");
    assertThat(result.path("region_confidence").asDouble()).isGreaterThan(75);
    assertThat(result.path("requested_topn").asInt()).isEqualTo(10);
    assertThat(result.at("/candidates/0/plate")).isEqualTo(result.path("plate"));
    assertThat(result.at("/candidates/0/confidence")).isEqualTo(result.path("confidence"));
    assertThat(result.has("vehicle")).as("not asked for").isFalse();
    assertThat(answer.path("vehicles")).as("not asked for").isEmpty();
    assertThat(answer.at("/processing_time/vehicles").asDouble()).isZero();
    assertThat(answer.at("/processing_time/total").asDouble()).isPositive();
    assertThat(answer.path("epoch_time").asLong()).isBetween(before, System.currentTimeMillis());
    assertThat(answer.path("img_width").asInt()).isEqualTo(1280);
    assertThat(answer.at("/regions_of_interest/0").toString())
        .isEqualTo("{\"x\":0,\"y\":0,\"width\":1280,\"height\":720}");
    assertThat(answer.path("credit_cost").asInt()).isOne();
    assertThat(answer.path("credits_monthly_total").asInt()).isEqualTo(Integer.MAX_VALUE);

    // The answer says that all of this is so already.
    PlateReadEvent event = lastRead();
    assertThat("upload-" + event.getUploadId()).isEqualTo(answer.path("uuid").asText());
    assertThat(event.getSource()).isEqualTo("upload-carcheck");
    assertThat(Files.readAllBytes(Path.of(event.getOriginalPath()))).isEqualTo(car);
    assertThat(api.query("SELECT filename FROM uploads WHERE id = " + event.getUploadId()))
        .isEqualTo("car.csv");
  }

  private static PlateReadEvent lastRead() {
    try (TopicReader reads = new TopicReader(brokers, Topics.READS)) {
      return reads.all().stream()
          .map(record -> ((ReadArrival) ReadParser.read(record, Instant.now())).event())
          .filter(e -> e.getPlate() != null && e.getPlate().getText().equals(Clip.PLATE))
          .reduce((first, second) -> second)
          .orElseThrow();
    }
  }

  @Test
  void cornersRunClockwiseFromTheTopLeftWithinTheVehicle() {
    JsonNode result = result(read("country=id"));
    JsonNode corners = result.path("coordinates");
    JsonNode vehicle = result.path("vehicle_region");

    assertThat(corners.at("/0/x").asInt()).isLessThan(corners.at("/1/x").asInt());
    assertThat(corners.at("/1/y").asInt()).isLessThan(corners.at("/2/y").asInt());
    assertThat(corners.at("/2/x").asInt()).isGreaterThan(corners.at("/3/x").asInt());
    assertThat(corners.at("/3/y").asInt()).isGreaterThan(corners.at("/0/y").asInt());
    assertThat(corners.at("/0/x").asInt()).isGreaterThanOrEqualTo(vehicle.path("x").asInt());
    assertThat(corners.at("/2/x").asInt())
        .isLessThanOrEqualTo(vehicle.path("x").asInt() + vehicle.path("width").asInt());
  }

  @Test
  void vehiclesCostACreditAndHaveAnEntryForEverythingThatClientsIndex() {
    JsonNode plain = read("country=id");
    JsonNode answer = read("country=id&recognize_vehicle=1");

    for (String detail :
        List.of("color", "make", "make_model", "body_type", "year", "orientation")) {
      assertThat(answer.at("/results/0/vehicle/" + detail + "/0/name").asText())
          .isEqualTo("unknown");
    }
    assertThat(answer.path("vehicles")).isNotEmpty();
    assertThat(answer.at("/vehicles/0/details/color/0/confidence").asDouble()).isZero();
    assertThat(answer.at("/processing_time/vehicles").asDouble()).isPositive();
    assertThat(answer.path("credit_cost").asInt()).isEqualTo(2);
    assertThat(answer.path("credits_monthly_used").asInt())
        .isEqualTo(plain.path("credits_monthly_used").asInt() + 2);
  }

  @Test
  void thePictureIsSentBackWhereItIsAskedFor() {
    JsonNode answer = read("country=id&return_image=1");

    assertThat(Base64.getDecoder().decode(answer.path("image_bytes").asText())).isEqualTo(car);
    assertThat(read("country=id&return_image=0").has("image_bytes")).isFalse();
  }

  @Test
  void aCroppedPictureIsOnePlateAndNoPass() {
    String uploads = api.query("SELECT count(*) FROM uploads");

    HttpResponse<byte[]> sent =
        api.send(
            new Multipart()
                .file("image", "plate.jpg", null, Clip.plate())
                .on(api.request(FILE + "?country=id&is_cropped=1&recognize_vehicle=1")));

    assertThat(sent.statusCode()).isEqualTo(200);
    JsonNode answer = CONTRACT.check("POST", FILE, sent);
    assertThat(answer.path("results")).hasSize(1);
    JsonNode result = result(answer);
    assertThat(result.at("/coordinates/0").toString()).isEqualTo("{\"x\":0,\"y\":0}");
    assertThat(result.at("/coordinates/2/x")).isEqualTo(answer.path("img_width"));
    assertThat(answer.path("uuid").asText()).isEmpty();
    assertThat(answer.path("credit_cost").asInt()).isEqualTo(2);
    assertThat(api.query("SELECT count(*) FROM uploads")).isEqualTo(uploads);
    assertThat(api.query("SELECT credits FROM api_usage"))
        .isEqualTo(answer.path("credits_monthly_used").asText());
  }

  @Test
  void topnCutsTheCandidates() {
    JsonNode result = result(read("country=id&topn=1"));

    assertThat(result.path("requested_topn").asInt()).isOne();
    assertThat(result.path("candidates")).hasSize(1);
    assertThat(result(read("country=id&topn=1000")).path("candidates"))
        .hasSizeGreaterThan(1)
        .allSatisfy(each -> assertThat(each.path("confidence").asDouble()).isBetween(0.0, 100.0));
  }

  @Test
  void otherCountriesMatchOtherTemplates() {
    assertThat(result(read("country=gb")).path("matches_template").asInt()).isZero();
    assertThat(result(read("country=gb,id")).path("matches_template").asInt()).isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v2/recognize", "/v3/recognize/"})
  void thePathHasAnOlderNameAndNeedsNoSlash(String path) {
    HttpResponse<byte[]> answer =
        api.send(file(path, "country=id&state=&prewarp=&tasks=plate&_=1723"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(plates(CONTRACT.check("POST", "/v2/recognize", answer))).contains(Clip.PLATE);
  }

  @Test
  void theKeyIsTakenWhereverClientsHaveIt() {
    String basic =
        Base64.getEncoder()
            .encodeToString(("token:" + api.token()).getBytes(StandardCharsets.UTF_8));
    Multipart all = new Multipart().text("secret_key", " " + api.token()).text("country", "id");
    List<HttpRequest> requests =
        List.of(
            // The form of browser clients, with everything in it.
            all.file("image", "car.jpg", "image/jpeg", car).on(api.anonymous(FILE)),
            file("/v3/recognize", "country=id&secret_key=ignored"),
            new Multipart()
                .file("image", null, null, car)
                .on(api.anonymous(FILE + "?country=id&secret_key=%20" + api.token() + "%0A")),
            new Multipart()
                .file("image", "", "image/png", car)
                .on(api.request(FILE + "?country=id")),
            new Multipart()
                .file("image", "car", null, car)
                .on(
                    api.anonymous(FILE + "?country=id&secret_key=")
                        .header("Authorization", "Basic " + basic)),
            new Multipart()
                .text("image", Base64.getEncoder().encodeToString(car))
                .on(
                    api.anonymous(FILE + "?country=id")
                        .header("Authorization", "Bearer " + api.token())));
    for (HttpRequest request : requests) {
      HttpResponse<byte[]> answer = api.send(request);
      assertThat(answer.statusCode()).as("%s", request.uri().getPath()).isEqualTo(200);
      assertThat(plates(CONTRACT.check("POST", FILE, answer))).contains(Clip.PLATE);
    }
  }

  @Test
  void aMissingOrWrongKeyIsRefusedBeforeAnythingElse() {
    HttpRequest none = new Multipart().file("image", "a", null, car).on(api.anonymous(FILE));
    assertThat(refused(401, FILE, none)).isEqualTo("Invalid credentials");
    assertThat(
            refused(
                401,
                FILE,
                new Multipart()
                    .text("secret_key", "sk_wrong")
                    .file("image", "a", null, car)
                    .on(api.anonymous(FILE + "?country=id"))))
        .isEqualTo("Invalid credentials");
    assertThat(
            refused(
                401,
                BYTES,
                // A form is no place for the key here: the body is the picture.
                api.anonymous(BYTES + "?country=id")
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString("secret_key=" + api.token()))
                    .build()))
        .isEqualTo("Invalid credentials");
  }

  @Test
  void aKeyWithoutTheRightIsRefusedAsUnauthorized() {
    api.query("UPDATE api_tokens SET rights = '{read}'");
    try {
      // A token is believed for a moment.
      HttpRequest request =
          new Multipart()
              .file("image", "a", null, car)
              .on(
                  api.anonymous(FILE + "?country=id")
                      .header("Authorization", "bearer " + api.token()));
      assertThat(refused(401, FILE, request)).isEqualTo("This needs the right 'recognize'.");
    } finally {
      api.query("UPDATE api_tokens SET rights = '{recognize,read,write,admin}'");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|country: is missing",
        "country=|country: is missing",
        "country=xx|country: found 'xx'",
        "country=id&topn=0|topn: expected an integer of 1..1000.",
        "country=id&topn=1001|topn: expected",
        "country=id&topn=ten|topn: expected",
        "country=id&recognize_vehicle=2|recognize_vehicle: expected 0 or 1.",
        "country=id&recognize_vehicle=true|recognize_vehicle: expected 0 or 1.",
        "country=id&return_image=|return_image: expected 0 or 1.",
        "country=id&is_cropped=-1|is_cropped: expected 0 or 1."
      })
  void wrongParametersAreNamed(String query, String message) {
    HttpRequest request =
        new Multipart().file("image", "a", null, car).on(api.request(FILE + "?" + query));

    assertThat(refused(400, FILE, request)).startsWith(message);
  }

  @Test
  void wrongPicturesAreRefused() {
    String path = FILE + "?country=id";
    assertThat(refused(400, FILE, new Multipart().text("a", "b").on(api.request(path))))
        .isEqualTo("image: is missing: expected a file of multipart/form-data.");
    assertThat(
            refused(
                400,
                FILE,
                new Multipart().file("image", "a", null, new byte[0]).on(api.request(path))))
        .isEqualTo("image: is empty.");
    assertThat(
            refused(
                400,
                FILE,
                new Multipart()
                    .file("image", "a.jpg", "image/jpeg", new byte[] {1, 2, 3})
                    .on(api.request(path))))
        .startsWith("image: ");
    assertThat(
            refused(
                400,
                FILE,
                api.request(path)
                    .header("Content-Type", "image/jpeg")
                    .POST(BodyPublishers.ofByteArray(car))
                    .build()))
        .startsWith("Content-Type: found 'image/jpeg'");
    assertThat(
            refused(
                413,
                FILE,
                new Multipart()
                    .file("image", "a.jpg", "image/jpeg", new byte[(20 << 20) + 1])
                    .on(api.request(path))))
        .startsWith("image is too large");
    assertThat(
            refused(
                400,
                BYTES,
                api.request(BYTES + "?country=id").POST(BodyPublishers.ofString("?")).build()))
        .isEqualTo("image_bytes: expected a picture in base64.");
  }

  @ParameterizedTest
  @CsvSource({
    "'',''",
    "'',application/x-www-form-urlencoded",
    "'',application/json",
    "'\"',application/json",
    "'',text/plain;charset=UTF-8",
    "'',multipart/form-data"
  })
  void bytesAreTakenUnderAnyContentType(String quote, String type) {
    HttpRequest.Builder request =
        api.anonymous("%s?secret_key=%s&country=id".formatted(BYTES, api.token()));
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    String body = quote + Base64.getEncoder().encodeToString(car) + quote;

    HttpResponse<byte[]> answer = api.send(request.POST(BodyPublishers.ofString(body)).build());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(plates(CONTRACT.check("POST", BYTES, answer))).contains(Clip.PLATE);
  }

  @Test
  void aPictureIsFetchedFromItsAddress() throws Exception {
    HttpServer web = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    web.createContext("/car.jpg", exchange -> say(exchange, 200, car));
    web.createContext("/moved", exchange -> move(exchange, "/car.jpg"));
    web.createContext("/inside", exchange -> move(exchange, "http://localhost/"));
    web.createContext("/page", exchange -> say(exchange, 200, "<html>".getBytes()));
    web.createContext("/nothing", exchange -> say(exchange, 200, new byte[0]));
    web.createContext("/gone", exchange -> say(exchange, 404, new byte[0]));
    web.start();
    try {
      String base = "http://127.0.0.1:%d".formatted(web.getAddress().getPort());
      for (HttpRequest request :
          List.of(
              // As generated clients do it.
              url("country=id&image_url=" + encoded(base + "/car.jpg?a=b&c"))
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.noBody())
                  .build(),
              url("country=id&image_url=%20" + base + "/moved")
                  .POST(BodyPublishers.noBody())
                  .build(),
              new Multipart()
                  .text("secret_key", api.token())
                  .text("country", "id")
                  .text("image_url", base + "/car.jpg")
                  .on(api.anonymous(URL)),
              api.anonymous(URL)
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(
                      BodyPublishers.ofString(
                          "secret_key=%s&country=id&image_url=%s"
                              .formatted(api.token(), encoded(base + "/car.jpg"))))
                  .build())) {
        HttpResponse<byte[]> answer = api.send(request);
        assertThat(answer.statusCode()).as("%s", request.uri()).isEqualTo(200);
        assertThat(plates(CONTRACT.check("POST", URL, answer))).contains(Clip.PLATE);
      }
      assertThat(api.query("SELECT filename FROM uploads ORDER BY id DESC LIMIT 1"))
          .isEqualTo("car.jpg");

      assertThat(refusedAddress("")).startsWith("image_url: is missing");
      assertThat(refusedAddress(base + "/gone")).startsWith("image_url: ").contains("status 404");
      assertThat(refusedAddress(base + "/page")).startsWith("image_url: ");
      assertThat(refusedAddress(base + "/nothing")).startsWith("image_url: nothing stands there");
      assertThat(refusedAddress(base + "/inside")).contains("'localhost' has no public address");
      assertThat(refusedAddress("http://169.254.169.254/latest/meta-data/"))
          .contains("no public address");
      assertThat(refusedAddress("file:///etc/passwd")).contains("expected http: or https:");
    } finally {
      web.stop(0);
    }
  }

  private static HttpRequest.Builder url(String query) {
    return api.anonymous("%s?secret_key=%s&%s".formatted(URL, api.token(), query));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String refusedAddress(String address) {
    return refused(
        400,
        URL,
        url("country=id&image_url=" + encoded(address)).POST(BodyPublishers.noBody()).build());
  }

  private static void say(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static void move(HttpExchange exchange, String to) throws IOException {
    exchange.getResponseHeaders().set("Location", to);
    say(exchange, 302, new byte[0]);
  }

  @Test
  void usedUpCreditsAreRefused() {
    long used = read("country=id").path("credits_monthly_used").asLong();
    api.query("UPDATE api_tokens SET monthly_quota = " + (used + 1));
    try {
      // A token is believed for a moment.
      HttpRequest.Builder dear =
          api.anonymous(FILE + "?country=id&recognize_vehicle=1")
              .header("Authorization", "BEARER " + api.token());
      assertThat(refused(402, FILE, new Multipart().file("image", "a", null, car).on(dear)))
          .startsWith("No recognitions are left for this month");
      HttpRequest.Builder cheap =
          api.anonymous(FILE + "?country=id").header("Authorization", "BEARER " + api.token());
      JsonNode last =
          CONTRACT.check(
              "POST", FILE, api.send(new Multipart().file("image", "a", null, car).on(cheap)));
      assertThat(last.path("credits_monthly_used").asLong()).isEqualTo(used + 1);
      assertThat(last.path("credits_monthly_total").asLong()).isEqualTo(used + 1);
    } finally {
      api.query("UPDATE api_tokens SET monthly_quota = NULL");
    }
  }

  @Test
  void theConfigurationIsOpen() {
    for (String path : List.of("/v3/config", "/v2/config")) {
      JsonNode config = CONTRACT.check("GET", path, api.send(api.anonymous(path).GET().build()));
      assertThat(config.path("countries").findValuesAsText("code")).contains("us", "eu", "id");
      assertThat(config.at("/vehicle_labels/makemodel").toString()).isEqualTo("[\"unknown\"]");
    }
  }

  @Test
  void otherMethodsAndPathsAreRefusedInItsForm() {
    HttpResponse<byte[]> get = api.send(api.request(FILE).GET().build());
    assertThat(get.statusCode()).isEqualTo(405);
    assertThat(get.headers().firstValue("Allow")).hasValue("POST");
    CONTRACT.check("POST", FILE, get);

    HttpResponse<byte[]> unknown = api.send(api.request("/v3/train").GET().build());
    assertThat(new String(unknown.body(), StandardCharsets.UTF_8))
        .isEqualTo("{\"error_code\":404,\"error\":\"Not found.\"}");
  }

  @Test
  void everyOperationOfTheDocumentIsThere() {
    for (String operation : CONTRACT.operations()) {
      String[] parts = operation.split(" ");
      HttpRequest request =
          api.anonymous(parts[1]).method(parts[0], BodyPublishers.noBody()).build();
      assertThat(api.send(request).statusCode())
          .as(operation)
          .isEqualTo(parts[1].endsWith("/config") ? 200 : 401);
    }
  }
}
