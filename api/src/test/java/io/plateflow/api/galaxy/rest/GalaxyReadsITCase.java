package io.plateflow.api.galaxy.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plateflow.api.ApiFixture;
import io.plateflow.api.testing.Contract;
import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.testing.EmbeddedServices;
import io.plateflow.clients.testing.TestPasses;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.pass.Evidence;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Passes that the job has written, seen through Galaxy's REST API. */
@ExtendWith(EmbeddedServices.class)
class GalaxyReadsITCase {

  private static final Contract CONTRACT = new Contract("galaxy");
  private static final byte[] JPEG = {
    (byte) 0xFF, (byte) 0xD8, (byte) 0xFF, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
  };

  private static final Pattern OWN =
      Pattern.compile(
          "\\S+ /((api|detect|detections|outputs|static)(/.*)?|latest_detection|detect_image)");

  /** Within the days that statistics count. */
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  @TempDir static Path folder;

  private static ApiFixture api;

  @BeforeAll
  static void start(PostgresConfig postgres, KafkaConfig kafka) throws IOException {
    Path pictures = Files.createDirectories(folder.resolve("evidence"));
    Files.writeString(folder.resolve("secret.jpg"), "not a picture of the service");
    Files.createDirectories(pictures.resolve("cam-1"));
    Files.write(pictures.resolve("cam-1/frame.jpg"), JPEG);
    Files.writeString(pictures.resolve("cam-1/notes.txt"), "no picture, whatever it is called");
    Recordings recordings = new Recordings(postgres);
    recordings.passes(
        TestPasses.pass(
                "cam-1-1",
                "cam-1",
                "Gate 1",
                GateType.ENTRY,
                NOW.minusSeconds(60),
                TestPasses.car(),
                TestPasses.plate("B 1234 CD"),
                null)
            .withEvidence(
                new Evidence(
                    pictures + "/cam-1/frame.jpg",
                    "s3://elsewhere/vehicle.jpg",
                    pictures + "/cam-1/plate.jpg")),
        TestPasses.pass(
            "cam-1-2",
            "cam-1",
            "Gate 1",
            GateType.ENTRY,
            NOW.minusSeconds(40),
            TestPasses.vehicle("truck"),
            null,
            null),
        TestPasses.pass(
            "cam-1-3",
            "cam-1",
            "Gate 1",
            GateType.ENTRY,
            NOW.minusSeconds(20),
            null,
            TestPasses.plate("D 77 XY", "government", "D", "Bandung"),
            null));
    recordings.plateStatus("B1234CD", "blacklist", 1);
    api = new ApiFixture(postgres, kafka, pictures);
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  private static JsonNode get(String operation, String path) {
    HttpResponse<byte[]> answer = api.send(api.request(path).build());
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    return CONTRACT.check("GET", operation, answer);
  }

  private static JsonNode get(String path) {
    return get(path, path);
  }

  private static JsonNode refused(String operation, String path, int status) {
    HttpResponse<byte[]> answer = api.send(api.request(path).build());
    assertThat(answer.statusCode()).as(path).isEqualTo(status);
    return CONTRACT.check("GET", operation, answer);
  }

  private static String id(String table, String passKey) {
    return api.query(
        "SELECT t.id FROM %s t JOIN detection_sessions s ON s.id = t.session_id WHERE s.pass_key = '%s'"
            .formatted(table, passKey));
  }

  @Test
  void theDocumentHasEveryOperation() {
    List<String> others = new Contract("service").operations();
    Set<String> answered =
        api.operations().stream()
            .filter(o -> OWN.matcher(o).matches() && !others.contains(o))
            .map(o -> o.replace("...", ""))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(answered).isEqualTo(new TreeSet<>(CONTRACT.operations()));
  }

  @Test
  void passesAreListedNewestFirst() {
    JsonNode page = get("/detections", "/detections?limit=2");

    assertThat(page.path("count").asInt()).isEqualTo(3);
    assertThat(page.path("detections").findValuesAsText("detection_type"))
        .containsExactly("plate", "vehicle");
    assertThat(page.at("/detections/0/id").asText()).isEqualTo(id("plates", "cam-1-3"));
    assertThat(page.at("/detections/1/id").asText()).isEqualTo(id("vehicles", "cam-1-2"));

    JsonNode last = get("/detections", "/detections/?limit=2&offset=2&_=1").at("/detections/0");
    assertThat(last.path("plateNumber").asText()).isEqualTo("B1234CD");
    assertThat(last.path("plateType").asText()).isEqualTo("Regular");
    assertThat(last.path("region").asText()).isEqualTo("B (Jakarta)");
    assertThat(last.path("gateLocation").asText()).isEqualTo("Gate 1 (Entry)");
    assertThat(last.path("confidence").asDouble()).isEqualTo(0.93);
    assertThat(last.path("processing_time").asText()).isEqualTo("42.50ms");
    assertThat(last.path("original_path").asText()).isEqualTo("/outputs/cam-1/frame.jpg");
    assertThat(last.path("timestampExit").asText()).isEmpty();
    assertThat(last.at("/detection_details/vehicle_confidence").asDouble()).isEqualTo(0.97);
    assertThat(last.at("/detection_details/plate_status").asText())
        .as("as the list says now, not as it said when it passed")
        .isEqualTo("blacklist");
  }

  @ParameterizedTest
  @CsvSource({
    "vehicleType=truck, 1",
    "vehicleType=Car, 1",
    "vehicleType=' OR 1=1 --, 0",
    "plateType=Regular, 1",
    "plateType=private, 1",
    "plateType=Government, 1",
    "search=1234, 1",
    "search=b 12, 1",
    "search=%25, 0",
    "search=-, 0",
    "search=, 3",
    "vehicleType=car&plateType=Government, 0",
  })
  void passesAreFiltered(String query, int count) {
    JsonNode page = get("/detections", "/detections?" + query.replace(" ", "%20"));

    assertThat(page.path("count").asInt()).isEqualTo(count);
    assertThat(page.path("detections")).hasSize(count);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"limit=0", "limit=1001", "limit=x", "offset=-1", "offset=9223372036854775808"})
  void wrongParametersAreNamed(String query) {
    JsonNode body = refused("/detections", "/detections?" + query, 422);

    assertThat(body.at("/detail/0/loc/0").asText()).isEqualTo("query");
    assertThat(body.at("/detail/0/loc/1").asText()).isEqualTo(query.replaceFirst("=.*", ""));
  }

  @Test
  void whatNoStoreTakesIsNoFault() {
    refused("/detections", "/detections?vehicleType=%00", 422);
  }

  @Test
  void vehiclesAndPlatesAreFoundByTheirIds() {
    JsonNode vehicle =
        get("/api/vehicles/{vehicle_id}", "/api/vehicles/" + id("vehicles", "cam-1-1"));
    assertThat(vehicle.path("vehicle_class").asText()).isEqualTo("car");
    assertThat(vehicle.path("vehicle_bounding_box").toString()).isEqualTo("[100,200,700,650]");
    assertThat(vehicle.path("vehicle_image_path").asText())
        .as("a store that the service does not serve")
        .isEmpty();
    assertThat(vehicle.at("/plates/0/plate_bounding_box").toString())
        .isEqualTo("[300,500,420,541]");

    JsonNode plate =
        get("/api/plates/{plate_id}", "/api/plates/" + vehicle.at("/plates/0/id").asText());
    assertThat(plate.path("plate_text").asText()).isEqualTo("B1234CD");
    assertThat(plate.path("plate_status").asText()).isEqualTo("blacklist");
    assertThat(plate.path("vehicle_id")).isEqualTo(vehicle.path("id"));

    JsonNode alone = get("/api/plates/{plate_id}", "/api/plates/" + id("plates", "cam-1-3"));
    assertThat(alone.path("vehicle_id").isNull()).isTrue();
    assertThat(alone.path("vehicle_class").asText()).isEmpty();

    JsonNode session =
        get("/api/sessions/{session_id}", "/api/sessions/" + plate.path("session_id").asText());
    assertThat(session.path("detection_id").asText()).isEqualTo("cam-1-1");
    assertThat(session.at("/vehicles/0")).isEqualTo(vehicle);
  }

  @Test
  void idsAreNumbersOf64Bits() {
    assertThat(refused("/api/plates/{plate_id}", "/api/plates/9223372036854775807", 404).toString())
        .isEqualTo("{\"detail\":\"Plate 9223372036854775807 not found\"}");
    for (String wrong : new String[] {"9223372036854775808", "x", "1.0", "1e3", "%20"}) {
      JsonNode body = refused("/api/plates/{plate_id}", "/api/plates/" + wrong, 422);
      assertThat(body.at("/detail/0/loc").toString()).isEqualTo("[\"path\",\"plate_id\"]");
    }
    assertThat(refused("/api/locations/{location_id}", "/api/locations/4294967297", 404))
        .isNotNull();
  }

  @Test
  void theNewestPassIsTheLatest() {
    JsonNode entities = get("/api/detection/latest");

    assertThat(entities).hasSize(1);
    assertThat(entities.at("/0/entity_type").asText()).isEqualTo("standalone_plate");
    assertThat(entities.at("/0/plateNumber").asText()).isEqualTo("D77XY");
    assertThat(entities.at("/0/plateTextColor").asText()).isEqualTo("Black");
    assertThat(entities.at("/0/id").asText()).endsWith("_p1").doesNotContain("_v");
    assertThat(get("/latest_detection")).isEqualTo(entities);
  }

  @Test
  void picturesComeFromTheFolderOfEvidenceAndNowhereElse() {
    HttpResponse<byte[]> picture = api.send(api.request("/outputs/cam-1/frame.jpg").build());
    assertThat(picture.statusCode()).isEqualTo(200);
    assertThat(picture.headers().firstValue("Content-Type")).hasValue("image/jpeg");
    assertThat(picture.body()).isEqualTo(JPEG);
    assertThat(api.send(api.request("/static/cam-1/frame.jpg").build()).body()).isEqualTo(JPEG);

    assertThat(refused("/outputs/{path}", "/outputs/cam-1/none.jpg", 404).toString())
        .isEqualTo("{\"detail\":\"File not found: cam-1/none.jpg\"}");
    assertThat(refused("/outputs/{path}", "/outputs/cam-1/notes.txt", 404)).isNotNull();
    assertThat(refused("/outputs/{path}", "/outputs/cam-1", 404)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/outputs/../secret.jpg",
        "/outputs/%2e%2e/secret.jpg",
        "/outputs/cam-1/../../secret.jpg",
        "/outputs/..%2fsecret.jpg",
        "/outputs/%2e%2e%2fsecret.jpg",
        "/outputs/%252e%252e/secret.jpg",
        "/outputs/%252e%252e%252fsecret.jpg",
        "/outputs/..%5csecret.jpg",
        "/outputs/%c0%ae%c0%ae/secret.jpg",
        "/outputs/.%00./secret.jpg",
        "/outputs/cam-1/..;/..;/secret.jpg",
        "/outputs//etc/passwd",
        "/outputs/%2fetc%2fpasswd",
      })
  void noPathLeadsOutOfTheFolder(String path) {
    HttpResponse<byte[]> answer =
        api.send(
            HttpRequest.newBuilder(URI.create(api.uri("") + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Token " + api.token())
                .build());

    assertThat(answer.statusCode()).isIn(400, 404);
    assertThat(new String(answer.body(), StandardCharsets.UTF_8))
        .startsWith("{\"detail\":")
        .doesNotContain("root:");
  }

  @Test
  void regionsAreThoseOfTheTable() {
    assertThat(get("/api/plate/regions").path("regions")).hasSize(65);
    assertThat(get("/api/plate/region/{code}", "/api/plate/region/b").path("name").asText())
        .isEqualTo("Jakarta/Metro Jaya");
    assertThat(refused("/api/plate/region/{code}", "/api/plate/region/QX", 404)).isNotNull();
    JsonNode summary = get("/api/plate/regions/summary");
    assertThat(summary.path("total").asInt()).isEqualTo(2);
    assertThat(summary.path("regions").findValuesAsText("code")).containsExactly("B", "D");
  }

  @Test
  void statisticsCountThePasses() {
    JsonNode dashboard = get("/api/statistics/dashboard");
    assertThat(dashboard.path("totalDetections").asInt()).isEqualTo(3);
    assertThat(dashboard.path("vehicleDistribution").toString())
        .isEqualTo("{\"car\":1,\"truck\":1}");
    assertThat(sum(dashboard.path("detectionTrend"))).isEqualTo(3);
    assertThat(sum(dashboard.path("hourlyActivity"))).isEqualTo(3);

    assertThat(get("/api/statistics/vehicle-distribution"))
        .isEqualTo(dashboard.path("vehicleDistribution"));
    assertThat(get("/api/statistics/detection-trend")).isEqualTo(dashboard.path("detectionTrend"));
    assertThat(get("/api/statistics/hourly-activity", "/api/statistics/hourly-activity?days=7"))
        .isEqualTo(dashboard.path("hourlyActivity"));
    assertThat(get("/api/statistics/plate-types").toString())
        .isEqualTo("{\"Government\":1,\"Regular\":1}");
    assertThat(get("/api/statistics/regions").findValuesAsText("code")).containsExactly("B", "D");
    assertThat(
            refused("/api/statistics/regions", "/api/statistics/regions?days=0", 422)
                .at("/detail/0/loc/1")
                .asText())
        .isEqualTo("days");
  }

  private static int sum(JsonNode counts) {
    int sum = 0;
    for (JsonNode count : counts) {
      sum += count.path("count").asInt();
    }
    return sum;
  }

  @Test
  void theStatusTellsNoSecret() {
    JsonNode status = get("/api/statistics/status");

    assertThat(status.at("/database/accessible").asBoolean()).isTrue();
    assertThat(status.at("/database/path").asText()).matches("[^@?]+/test_\\d+");
    for (JsonNode route : status.at("/router/routes")) {
      String path = route.path("path").asText();
      get(path);
    }
  }

  @Test
  void placesAreListed() {
    JsonNode places = get("/api/locations/");

    assertThat(places.at("/0/name").asText()).isEqualTo("Gate 1");
    assertThat(places.at("/0/type").asText()).isEqualTo("Entry");
    assertThat(get("/api/locations/{location_id}", "/api/locations/" + places.at("/0/id").asText()))
        .isEqualTo(places.at("/0"));
    assertThat(get("/api/locations/types").toString())
        .isEqualTo("[\"Entry\",\"Exit\",\"Passage\"]");
  }

  @Test
  void theListIsShown() {
    assertThat(get("/api/plate-status").toString())
        .isEqualTo(
            "{\"status\":\"success\",\"plate_statuses\":[{\"plate_text\":\"B1234CD\",\"status\":\"blacklist\"}]}");
  }

  @Test
  void refusalsAreFastApis() {
    HttpResponse<byte[]> none = api.send(api.anonymous("/detections").build());
    assertThat(none.statusCode()).isEqualTo(401);
    CONTRACT.check("GET", "/detections", none);
    assertThat(none.headers().firstValue("WWW-Authenticate")).hasValue("Basic realm=\"plateflow\"");

    HttpResponse<byte[]> method =
        api.send(
            api.request("/detections")
                .method("DELETE", HttpRequest.BodyPublishers.noBody())
                .build());
    assertThat(method.statusCode()).isEqualTo(405);
    CONTRACT.check("GET", "/detections", method);
    assertThat(
            new String(
                api.send(api.request("/api/nowhere").build()).body(), StandardCharsets.UTF_8))
        .isEqualTo("{\"detail\":\"Not found.\"}");
  }
}
