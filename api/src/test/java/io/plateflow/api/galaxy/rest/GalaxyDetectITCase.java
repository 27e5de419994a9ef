package io.plateflow.api.galaxy.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plateflow.api.ApiFixture;
import io.plateflow.api.testing.Clip;
import io.plateflow.api.testing.Contract;
import io.plateflow.api.testing.Multipart;
import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.testing.EmbeddedServices;
import io.plateflow.clients.testing.TestPasses;
import io.plateflow.clients.testing.TopicReader;
import io.plateflow.schemas.avro.CorrectionEvent;
import io.plateflow.schemas.event.EventCodec;
import io.plateflow.schemas.event.Topics;
import io.plateflow.schemas.pass.PassOrigin;
import io.plateflow.schemas.pass.VehiclePass;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Photos that are sent to Galaxy's REST API. */
@ExtendWith(EmbeddedServices.class)
class GalaxyDetectITCase {

  private static final Contract CONTRACT = new Contract("galaxy");
  private static final String PATH = "/detect/image";

  @TempDir static Path pictures;

  private static ApiFixture api;
  private static KafkaConfig brokers;
  private static Recordings recordings;
  private static byte[] car;

  @BeforeAll
  static void start(PostgresConfig postgres, KafkaConfig kafka) {
    brokers = kafka;
    recordings = new Recordings(postgres);
    recordings.passes(TestPasses.pass("cam-1-1"));
    api = new ApiFixture(postgres, kafka, pictures);
    car = Clip.car();
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  private static HttpResponse<byte[]> send(String path, String name, byte[] file, String location) {
    Multipart form = new Multipart().file("file", name, "image/jpeg", file);
    return api.send(
        (location == null ? form : form.text("location", location)).on(api.request(path)));
  }

  private static JsonNode checked(HttpResponse<byte[]> answer, int status) {
    assertThat(answer.statusCode())
        .as(new String(answer.body(), StandardCharsets.UTF_8))
        .isEqualTo(status);
    return CONTRACT.check("POST", PATH, answer);
  }

  @Test
  void aPhotoBecomesPassesAtTheNamedPlaceAndIsTheLatest() throws Exception {
    JsonNode answer = checked(send(PATH, "car.JPG", car, "gate 1 (entry)"), 200);

    assertThat(answer.path("image_resolution").asText()).isEqualTo("1280x720");
    assertThat(answer.path("location").asText()).isEqualTo("gate 1 (entry)");
    JsonNode one = null;
    for (JsonNode each : answer.path("list_vehicle_and_plate_information")) {
      one = each.at("/plate/plate_text").asText().equals(Clip.PLATE) ? each : one;
    }
    assertThat(one).isNotNull();
    assertThat(one.at("/vehicle/vehicle_class").asText()).isEqualTo("car");
    for (String path :
        List.of(
            answer.path("stored_original_path").asText(),
            one.at("/vehicle/vehicle_image_path").asText(),
            one.at("/plate/plate_image_path").asText())) {
      HttpResponse<byte[]> picture = api.send(api.request("/" + path).build());
      assertThat(picture.statusCode()).as(path).isEqualTo(200);
      assertThat(picture.headers().firstValue("Content-Type")).hasValue("image/jpeg");
    }

    long session = answer.path("session_id").asLong();
    String upload =
        api.query("SELECT id FROM uploads WHERE %d = ANY (session_ids)".formatted(session));
    String pass = "@upload-galaxy:" + upload + "-1";
    try (TopicReader topic = new TopicReader(brokers, Topics.CORRECTIONS)) {
      CorrectionEvent place =
          EventCodec.of(CorrectionEvent.class)
              .decode(
                  topic
                      .await(
                          r -> new String(r.key(), StandardCharsets.UTF_8).equals(pass),
                          Duration.ofSeconds(20))
                      .value());
      assertThat(place.getTo()).isEqualTo("Gate 1");
      assertThat(place.getGate()).hasToString("entry");
    }

    // Its rows are yet to come: asked first, the answer waits for them.
    assertThat(api.query("SELECT count(*) FROM detection_sessions WHERE id = " + session))
        .isEqualTo("0");
    int sessions = answer.path("list_vehicle_and_plate_information").size();
    for (int n = 1; n <= sessions; n++) {
      recordings.passes(ofUpload(upload, n));
    }
    JsonNode latest =
        CONTRACT.check(
            "GET", "/api/detection/latest", api.send(api.request("/api/detection/latest").build()));
    assertThat(latest).hasSize(sessions);
    assertThat(latest.at("/0/id").asText()).isEqualTo(session + "_v1_p1");
    assertThat(latest.at("/0/gateLocation").asText()).isEqualTo("Gate 1 (Entry)");
  }

  /** As the job makes it of a read. */
  private static VehiclePass ofUpload(String upload, int number) {
    String record = upload + "-" + number;
    VehiclePass pass = TestPasses.pass("@upload-galaxy:" + record);
    long session =
        Long.parseLong(
            api.query(
                "SELECT session_ids[%d] FROM uploads WHERE id = %s".formatted(number, upload)));
    return new VehiclePass(
        pass.passId(),
        0,
        pass.place(),
        pass.seen(),
        pass.frame(),
        pass.pairing(),
        pass.vehicle(),
        pass.plate(),
        null,
        pass.evidence(),
        "standing",
        List.of(),
        new PassOrigin("upload-galaxy", record, true, upload, session, null));
  }

  @Test
  void anUnknownPlaceIsMadeByThoseWhoMayWrite() {
    checked(send("/detect_image", "car.png", car, "Yard 7"), 200);
    assertThat(api.query("SELECT type FROM locations WHERE name = 'Yard 7'")).isEqualTo("Passage");

    String reader = Recordings.token(api, "recognize,read");
    JsonNode body =
        checked(
            api.send(
                photo("Yard 8").on(api.anonymous(PATH).header("Authorization", "Token " + reader))),
            422);
    assertThat(body.at("/detail/0/loc").toString()).isEqualTo("[\"body\",\"location\"]");
    checked(
        api.send(
            photo("yard 7").on(api.anonymous(PATH).header("Authorization", "Token " + reader))),
        200);
    assertThat(api.query("SELECT count(*) FROM locations WHERE name ILIKE 'yard%'")).isEqualTo("1");
  }

  private static Multipart photo(String location) {
    return new Multipart().file("file", "car.png", "image/png", car).text("location", location);
  }

  @Test
  void whatIsNoPhotoIsRefused() {
    String unsupported =
        "{\"detail\":\"Unsupported file format. Allowed formats: ['.jpg', '.jpeg', '.png']\"}";
    assertThat(checked(send(PATH, "car.gif", car, null), 400).toString()).isEqualTo(unsupported);
    assertThat(checked(send(PATH, "car.jpg", new byte[] {1, 2, 3}, null), 400).toString())
        .isEqualTo(unsupported);
    assertThat(
            checked(api.send(new Multipart().text("location", "x").on(api.request(PATH))), 422)
                .toString())
        .isEqualTo(
            "{\"detail\":[{\"loc\":[\"body\",\"file\"],\"msg\":\"Field required\",\"type\":\"missing\"}]}");
  }
}
