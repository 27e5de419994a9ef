package io.plateflow.api.galaxy.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.plateflow.api.ApiFixture;
import io.plateflow.api.testing.Clip;
import io.plateflow.api.testing.Contract;
import io.plateflow.api.testing.Multipart;
import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.testing.EmbeddedServices;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(EmbeddedServices.class)
class GalaxyServiceSurfaceITCase {

  private static final String ROOT = "/galaxy-alpr/v1";
  private static final String SINGLE = ROOT + "/alpr-core/process-single-image";
  private static final String SEVERAL = ROOT + "/alpr-core/process-multiple-images";
  private static final String VEHICLE = ROOT + "/vehicle/detect-vehicle";
  private static final String PLATE = ROOT + "/plate/detect-plate";
  private static final String OCR = ROOT + "/plate/ocr-plate";
  private static final String RECOGNIZE = ROOT + "/plate/recognize-plate";
  private static final String UNSUPPORTED =
      "Unsupported file format. Allowed formats: ['.jpg', '.jpeg', '.png']";
  private static final Contract CONTRACT = new Contract("galaxy-service");

  @TempDir static Path pictures;

  private static ApiFixture api;
  private static byte[] car;

  @BeforeAll
  static void start(PostgresConfig postgres, KafkaConfig kafka) {
    api = new ApiFixture(postgres, kafka, pictures);
    car = Clip.car();
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  private static Multipart file(String name, byte[] picture) {
    return new Multipart().file("file", name, "image/png", picture);
  }

  private static JsonNode posted(int status, String path, Multipart form) {
    HttpResponse<byte[]> answer = api.send(form.on(api.request(path)));
    assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(status);
    return CONTRACT.check("POST", path, answer);
  }

  private static JsonNode data(String path, Multipart form) {
    return posted(200, path, form).path("data");
  }

  private static String error(int status, String path, Multipart form) {
    return posted(status, path, form).path("error").asText();
  }

  private static JsonNode told(String path) {
    return CONTRACT.check("GET", path, api.send(api.request(path).build()));
  }

  /** The picture at a path of an answer, which is fetched as clients do. */
  private static byte[] fetched(String path) {
    assertThat(path).startsWith("images_processed/");
    HttpResponse<byte[]> bare =
        api.send(
            api.request(ROOT + "/images/" + path.substring("images_processed/".length())).build());
    assertThat(bare.statusCode()).isEqualTo(200);
    assertThat(bare.headers().firstValue("Content-Type")).hasValue("image/jpeg");
    HttpResponse<byte[]> whole = api.send(api.request(ROOT + "/images/" + path).build());
    assertThat(whole.body()).isEqualTo(bare.body());
    return bare.body();
  }

  private static BufferedImage image(byte[] picture) {
    try {
      return ImageIO.read(new ByteArrayInputStream(picture));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How much of the red, green and blue of two pictures differs at a place. */
  private static int difference(BufferedImage one, BufferedImage other, int x, int y) {
    int sum = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      sum += Math.abs((one.getRGB(x, y) >> shift & 255) - (other.getRGB(x, y) >> shift & 255));
    }
    return sum;
  }

  private static JsonNode withNumber(JsonNode detections, String number) {
    for (JsonNode each : detections) {
      if (each.at("/plate/plate_number").asText().equals(number)) {
        return each;
      }
    }
    throw new AssertionError("%s is not in %s".formatted(number, detections));
  }

  private static int uploads() {
    return Integer.parseInt(api.query("SELECT count(*) FROM uploads"));
  }

  @Test
  void aPictureIsProcessedAndJoinsThePasses() {
    int before = uploads();
    JsonNode answer =
        posted(
            200,
            SINGLE,
            file("sample_image.jpg", car).text("custom_timestamp", "2025-06-06_14-30-15"));

    JsonNode data = answer.path("data");
    assertThat(data.path("timestamp").asText()).isEqualTo("2025-06-06T14:30:15Z");
    assertThat(data.path("uploaded_image_path").asText())
        .startsWith("images_processed/uploaded_vehicle_images/2025-06-06_14-30-15_");
    JsonNode detection = withNumber(data.path("detections"), "B 1876 KJR");
    assertThat(detection.path("detection_type").asText()).isEqualTo("vehicle_with_plate");
    assertThat(detection.path("pairing_method").asText()).isEqualTo("containment");
    assertThat(detection.at("/vehicle/vehicle_class").asText()).isEqualTo("car");
    assertThat(detection.at("/plate/plate_region_code").asText()).isEqualTo("B");
    assertThat(detection.at("/plate/plate_blue_strip").asText()).isEqualTo("no");
    assertThat(detection.at("/plate/plate_bounding_box/0").asInt()).isBetween(320, 340);
    assertThat(data.at("/summary/total_detections").asInt())
        .isEqualTo(data.path("detections").size());
    JsonNode times = data.path("processing_time");
    assertThat(times.path("total_ms").asInt())
        .isPositive()
        .isLessThanOrEqualTo(answer.path("processing_time_ms").asInt() + 2);

    assertThat(uploads()).isEqualTo(before + 1);
    assertThat(
            api.query(
                "SELECT surface || ' ' || filename || ' ' || cardinality(session_ids)"
                    + " FROM uploads ORDER BY id DESC LIMIT 1"))
        .isEqualTo("galaxy sample_image.jpg " + data.path("detections").size());
  }

  @Test
  void thePicturesOfAnAnswerAreThere() {
    JsonNode data = data(SINGLE, file("car.JPEG", car));

    assertThat(fetched(data.path("uploaded_image_path").asText())).isEqualTo(car);
    BufferedImage original = image(car);
    JsonNode detection = withNumber(data.path("detections"), "B 1876 KJR");
    for (String kind : List.of("vehicle", "plate")) {
      BufferedImage drawn =
          image(fetched(data.path("detected_%s_image_path".formatted(kind)).asText()));
      assertThat(drawn.getWidth()).isEqualTo(1280);
      JsonNode box = detection.at("/%s/%s_bounding_box".formatted(kind, kind));
      int x = (box.path(0).asInt() + box.path(2).asInt()) / 2;
      assertThat(difference(original, drawn, x, box.path(3).asInt()))
          .as("its edge")
          .isGreaterThan(60);
      assertThat(difference(original, drawn, 1270, 710)).as("beside it").isLessThan(40);
    }
    JsonNode box = detection.at("/vehicle/vehicle_bounding_box");
    assertThat(image(fetched(detection.at("/vehicle/vehicle_image_path").asText())).getWidth())
        .isBetween(
            box.path(2).asInt() - box.path(0).asInt() - 2,
            box.path(2).asInt() - box.path(0).asInt() + 2);
    assertThat(image(fetched(detection.at("/plate/plate_image_path").asText())).getWidth())
        .isBetween(150, 180);
  }

  @Test
  void aBatchGoesOnWhereAPictureIsBad() {
    int before = uploads();
    Multipart form =
        new Multipart()
            .file("files", "image1.jpg", null, car)
            .file("files", "image2.jpg", null, "no picture".getBytes(UTF_8))
            .file("files", "image3.gif", null, car)
            .file("files", "image4.png", null, Clip.plate())
            .text("custom_timestamp", "batch_2025-06-06");

    JsonNode answer = posted(200, SEVERAL, form);

    assertThat(answer.path("message").asText())
        .isEqualTo("Batch processing completed for 4 images");
    JsonNode results = answer.at("/data/results");
    assertThat(results.findValuesAsText("batch_index")).containsExactly("1", "2", "3", "4");
    assertThat(results.findValuesAsText("original_filename"))
        .containsExactly("image1.jpg", "image2.jpg", "image3.gif", "image4.png");
    withNumber(results.at("/0/detections"), "B 1876 KJR");
    assertThat(results.at("/0/uploaded_image_path").asText()).contains("/batch_2025-06-06_1_");
    assertThat(results.at("/1/success").asBoolean(true)).isFalse();
    assertThat(results.at("/1/error").asText()).isEqualTo(UNSUPPORTED);
    assertThat(results.at("/2/error").asText()).isEqualTo(UNSUPPORTED);
    JsonNode plate = withNumber(results.at("/3/detections"), "B 1876 KJR");
    assertThat(plate.path("detection_type").asText()).isEqualTo("plate_without_vehicle");
    assertThat(plate.path("vehicle").isNull()).isTrue();
    assertThat(answer.at("/data/batch_summary/total_detections").asInt())
        .isEqualTo(results.at("/0/detections").size() + results.at("/3/detections").size());
    assertThat(answer.at("/data/batch_summary/plates_without_vehicles").asInt()).isEqualTo(1);
    assertThat(uploads()).isEqualTo(before + 2);
  }

  @Test
  void aBatchHasAtMostTenPictures() {
    Multipart form = new Multipart();
    for (int i = 0; i < 11; i++) {
      form.file("files", i + ".jpg", null, Clip.plate());
    }

    assertThat(error(400, SEVERAL, form)).isEqualTo("At most 10 files.");
  }

  @Test
  void vehiclesAndPlatesAreFoundWithoutPasses() {
    int before = uploads();

    JsonNode vehicles = data(VEHICLE, file("street_scene.jpg", car));
    assertThat(vehicles.path("list_class_vehicle").toString()).contains("car", "motorcycle");
    JsonNode plates = data(PLATE, file("car_front.jpg", car));
    assertThat(plates.path("list_class_plate").path(0).asText()).isEqualTo("plate");

    for (JsonNode data : List.of(vehicles, plates)) {
      String what = data == vehicles ? "vehicle" : "plate";
      int found = data.path("list_class_" + what).size();
      assertThat(found).isGreaterThan(1);
      for (String list :
          List.of(
              "list_cropped_%s_image_paths", "list_bounding_box_%s", "list_confidence_score_%s")) {
        assertThat(data.path(list.formatted(what))).hasSize(found);
      }
      assertThat(fetched(data.path("uploaded_image_path").asText())).isEqualTo(car);
      assertThat(fetched(data.path("detected_%s_image_path".formatted(what)).asText()))
          .isNotEqualTo(car);
      fetched(data.path("list_cropped_%s_image_paths".formatted(what)).path(0).asText());
      // Seconds, not milliseconds.
      assertThat(data.path(what + "_detection_processing_time").asDouble()).isBetween(0.001, 30.0);
    }
    assertThat(plates.path("uploaded_image_path").asText()).contains("/uploaded_plate_images/");
    assertThat(uploads()).isEqualTo(before);
  }

  @Test
  void aPictureOfAPlateIsReadWithoutAPass() {
    int before = uploads();
    byte[] plate = Clip.plate();

    JsonNode texts = data(OCR, file("license_plate.jpg", plate));
    assertThat(texts).hasSize(1);
    assertThat(texts.at("/0/plate_number").asText()).isEqualTo("B 1876 KJR");
    assertThat(texts.at("/0/confidence_score").asDouble()).isGreaterThan(0.6);
    assertThat(texts.path(0).has("plate_region_code")).isFalse();

    JsonNode recognized = data(RECOGNIZE, file("license_plate.jpg", plate));
    assertThat(recognized.at("/list_result_plate_recognized/0/plate_region_name").asText())
        .isEqualTo("Jakarta/Metro Jaya");
    assertThat(recognized.path("plate_recognition_processing_time").asDouble())
        .isBetween(0.0001, 30.0);
    assertThat(uploads()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {SINGLE, VEHICLE, PLATE, OCR, RECOGNIZE})
  void whatIsMissingOrNoPictureIsRefused(String path) {
    int before = uploads();
    JsonNode missing = posted(422, path, new Multipart().text("custom_timestamp", ""));
    assertThat(missing.at("/detail/0/loc").toString()).isEqualTo("[\"body\",\"file\"]");
    assertThat(error(422, path, new Multipart().text("file", "a picture"))).contains("file");

    assertThat(error(400, path, file("car.webp", car))).isEqualTo(UNSUPPORTED);
    assertThat(error(400, path, file("jpg", car))).isEqualTo(UNSUPPORTED);
    assertThat(error(400, path, file("car.jpg", "text".getBytes(UTF_8)))).isEqualTo(UNSUPPORTED);
    assertThat(error(400, path, file("car.jpg", new byte[0]))).isEqualTo(UNSUPPORTED);
    assertThat(error(400, path, file("a.jpg", car).file("file", "b.jpg", null, car)))
        .isEqualTo("At most 1 files.");
    assertThat(error(413, path, file("car.jpg", new byte[(20 << 20) + 1]))).contains("too large");
    assertThat(uploads()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {SINGLE, VEHICLE, PLATE})
  void aTimestampOfAnotherFormIsRefused(String path) {
    assertThat(error(400, path, file("car.jpg", car).text("custom_timestamp", "today")))
        .isEqualTo("Invalid custom_timestamp. Expected: YYYY-MM-DD_HH-MM-SS");
  }

  @Test
  void aBatchWithoutPicturesOrWithAPrefixThatIsNoneIsRefused() {
    assertThat(posted(422, SEVERAL, file("car.jpg", car)).at("/detail/0/loc/1").asText())
        .isEqualTo("files");
    assertThat(
            error(
                400,
                SEVERAL,
                new Multipart()
                    .file("files", "a.jpg", null, car)
                    .text("custom_timestamp", "../../batch")))
        .startsWith("Invalid custom_timestamp.");
  }

  @Test
  void nobodyIsLetInWithoutACredentialButToHealth() {
    HttpResponse<byte[]> refused = api.send(file("car.jpg", car).on(api.anonymous(SINGLE)));
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().firstValue("WWW-Authenticate"))
        .hasValue("Basic realm=\"plateflow\"");
    CONTRACT.check("POST", SINGLE, refused);

    HttpResponse<byte[]> health = api.send(api.anonymous(ROOT + "/health").build());
    JsonNode body = CONTRACT.check("GET", ROOT + "/health", health);
    assertThat(body.path("status").asText()).isEqualTo("healthy");
  }

  @Test
  void theServiceTellsOfItself() {
    assertThat(told(ROOT).path("health").asText()).isEqualTo(ROOT + "/health");
    assertThat(told(ROOT + "/pipeline/info").at("/pipeline_info/steps")).hasSize(4);
    JsonNode config = told(ROOT + "/config").path("configuration");
    assertThat(config.at("/detection/plate_confidence_threshold").asDouble()).isEqualTo(0.25);
    assertThat(config.at("/models/plate_detector").asText()).isEqualTo("plate.onnx");
    assertThat(told(ROOT + "/stats").at("/statistics/system/uptime_seconds").asDouble())
        .isPositive();
    assertThat(told(ROOT + "/test/connection").path("status").asText()).isEqualTo("connected");
    JsonNode models = told(ROOT + "/test/models").path("models");
    assertThat(models.at("/vehicle_detector/classes").properties())
        .extracting(entry -> entry.getValue().asText())
        .contains("car", "motorcycle", "bus", "truck");
    assertThat(models.at("/plate_detector/classes")).hasSize(1);
  }

  @Test
  void noPathLeadsOutOfThePictures() throws Exception {
    String uploaded = data(VEHICLE, file("car.jpg", car)).path("uploaded_image_path").asText();
    Files.write(pictures.resolve("secret.jpg"), car);
    Files.write(pictures.resolve("galaxy/secret.jpg"), car);
    String folder = "uploaded_vehicle_images/";
    List<String> paths = new ArrayList<>();
    for (String dots : List.of("..", "%2e%2e", "%2E.", "..%00", "%252e%252e", "%c0%ae%c0%ae")) {
      for (String slash : List.of("/", "%2f", "%5c", "\\", "%252f", ";/")) {
        paths.add(dots + slash + "secret.jpg");
        paths.add(folder + dots + slash + dots + slash + "secret.jpg");
        paths.add("images_processed" + slash + dots + slash + "secret.jpg");
      }
    }
    paths.addAll(
        List.of(
            "secret.jpg",
            "",
            "/etc/passwd",
            "images_processed/",
            folder,
            folder + ".",
            folder + "none.jpg",
            "images_processed/" + uploaded,
            folder + uploaded.substring(uploaded.lastIndexOf('/') + 1) + "%00.jpg"));
    for (String path : paths) {
      // As it stands: clients tidy paths up.
      String answer = raw("GET " + ROOT + "/images/" + path + " HTTP/1.1");
      String status = answer.substring(9, 12);
      assertThat(status).as(path).isIn("400", "404");
      JsonNode body = new ObjectMapper().readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4));
      if (answer.contains("error_type")) {
        CONTRACT.checkAnswer("GET", ROOT + "/images/{image_path}", Integer.parseInt(status), body);
      }
    }
    JsonNode missing =
        CONTRACT.check(
            "GET",
            ROOT + "/images/{image_path}",
            api.send(api.request(ROOT + "/images/" + folder + "none.jpg").build()));
    assertThat(missing.path("error").asText()).isEqualTo("Image not found");
    fetched(uploaded);
  }

  private static String raw(String line) throws IOException {
    try (Socket socket = new Socket(api.uri("/").getHost(), api.uri("/").getPort())) {
      socket
          .getOutputStream()
          .write(
              (line
                      + "\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Token "
                      + api.token()
                      + "\r\n\r\n")
                  .getBytes(UTF_8));
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      socket.getInputStream().transferTo(all);
      return all.toString(UTF_8);
    }
  }

  @Test
  void otherMethodsAndPathsAreRefusedInItsForm() {
    HttpResponse<byte[]> get = api.send(api.request(SINGLE).build());
    assertThat(get.statusCode()).isEqualTo(405);
    assertThat(get.headers().firstValue("Allow")).hasValue("POST");
    CONTRACT.check("POST", SINGLE, get);

    HttpResponse<byte[]> unknown = api.send(api.request(ROOT + "/nothing").build());
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(new String(unknown.body(), UTF_8)).contains("\"error_type\":\"HTTPException\"");
  }

  @Test
  void requestsOfTheDocumentationAreAllowed() {
    JsonNodeFactory json = JsonNodeFactory.instance;
    ObjectNode single = json.objectNode().put("file", "…");
    single.put("custom_timestamp", "2025-06-06_14-30-15");
    CONTRACT.checkRequest("POST", SINGLE, "multipart/form-data", single);
    single.put("custom_timestamp", "2025-06-06 14-30-15");
    CONTRACT.checkRequest("POST", SINGLE, "multipart/form-data", single);
    ObjectNode several = json.objectNode().put("custom_timestamp", "batch_2025-06-06");
    several.putArray("files").add("…").add("…");
    CONTRACT.checkRequest("POST", SEVERAL, "multipart/form-data", several);
    for (String path : List.of(VEHICLE, PLATE, OCR, RECOGNIZE)) {
      CONTRACT.checkRequest(
          "POST", path, "multipart/form-data", json.objectNode().put("file", "…"));
    }
  }

  /** So that what clients read of the original is what the document promises here. */
  @Test
  void answersOfTheDocumentationHaveTheSameForm() throws Exception {
    JsonNode answers;
    try (InputStream yaml = getClass().getResourceAsStream("/galaxy/service-answers.yaml")) {
      answers = new YAMLMapper().readTree(yaml);
    }
    assertThat(answers).hasSizeGreaterThan(10);
    for (Map.Entry<String, JsonNode> each : answers.properties()) {
      String[] operation = each.getKey().split(" ");
      CONTRACT.checkAnswer(operation[0], operation[1], 200, each.getValue());
    }
  }

  @Test
  void everyOperationOfTheDocumentIsThere() {
    assertThat(CONTRACT.operations()).hasSize(14);
    assertThat(
            api.operations().stream()
                .filter(name -> name.contains(ROOT))
                .map(name -> name.replace("...}", "}")))
        .containsExactlyInAnyOrderElementsOf(CONTRACT.operations());
    for (String operation : CONTRACT.operations()) {
      String[] parts = operation.split(" ");
      HttpRequest request =
          api.anonymous(parts[1].replaceAll("[{}]", "") + "/")
              .method(parts[0], BodyPublishers.noBody())
              .build();
      assertThat(api.send(request).statusCode())
          .as(operation)
          .isEqualTo(operation.endsWith("/health") ? 200 : 401);
      assertThat(CONTRACT.statuses(parts[0], parts[1]))
          .as(operation)
          .contains("400", "403", "405", "431", "500");
    }
    assertThat(api.send(api.request("/openapi/galaxy-service.json").build()).statusCode())
        .isEqualTo(200);
  }
}
