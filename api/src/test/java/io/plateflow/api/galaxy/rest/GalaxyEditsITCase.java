package io.plateflow.api.galaxy.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plateflow.api.ApiFixture;
import io.plateflow.api.testing.Contract;
import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.testing.EmbeddedServices;
import io.plateflow.clients.testing.TestPasses;
import io.plateflow.clients.testing.TopicReader;
import io.plateflow.schemas.avro.CorrectionEvent;
import io.plateflow.schemas.avro.PlateStatusEvent;
import io.plateflow.schemas.event.EventCodec;
import io.plateflow.schemas.event.Topics;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Edits are records on topics; the tables follow by the functions that the job's sinks call. */
@ExtendWith(EmbeddedServices.class)
class GalaxyEditsITCase {

  private static final Contract CONTRACT = new Contract("galaxy");
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final EventCodec<CorrectionEvent> CORRECTIONS =
      EventCodec.of(CorrectionEvent.class);
  private static final EventCodec<PlateStatusEvent> STATUSES =
      EventCodec.of(PlateStatusEvent.class);

  @TempDir static Path pictures;

  private static ApiFixture api;
  private static KafkaConfig brokers;
  private static Recordings recordings;

  @BeforeAll
  static void start(PostgresConfig postgres, KafkaConfig kafka) {
    brokers = kafka;
    recordings = new Recordings(postgres);
    api = new ApiFixture(postgres, kafka, pictures);
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  private static HttpResponse<byte[]> send(String method, String path, String json) {
    HttpRequest.Builder request = api.request(path);
    return api.send(
        json == null
            ? request.method(method, BodyPublishers.noBody()).build()
            : request
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(json))
                .build());
  }

  private static JsonNode checked(
      String method, String operation, HttpResponse<byte[]> answer, int status) {
    assertThat(answer.statusCode())
        .as(new String(answer.body(), StandardCharsets.UTF_8))
        .isEqualTo(status);
    return CONTRACT.check(method, operation, answer);
  }

  private static String id(String table, String passKey) {
    return api.query(
        "SELECT t.id FROM %s t JOIN detection_sessions s ON s.id = t.session_id WHERE s.pass_key = '%s'"
            .formatted(table, passKey));
  }

  private static CorrectionEvent correction(TopicReader topic, String passKey, String kind) {
    ConsumerRecord<byte[], byte[]> record =
        topic.await(
            r -> {
              CorrectionEvent event = decoded(r);
              return event.getPassId().equals(passKey)
                  && event.getKind().toString().equalsIgnoreCase(kind);
            },
            PATIENCE);
    assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo(passKey);
    return decoded(record);
  }

  private static CorrectionEvent decoded(ConsumerRecord<byte[], byte[]> record) {
    try {
      return CORRECTIONS.decode(record.value());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** As the job's sink writes it. */
  private static void record(CorrectionEvent event) {
    recordings.call(
        "record_corrections",
        new ObjectMapper()
            .createArrayNode()
            .add(
                new ObjectMapper()
                    .createObjectNode()
                    .put("correction_id", event.getCorrectionId())
                    .put("kind", event.getKind().toString().toLowerCase())
                    .put("pass_key", event.getPassId())
                    .put("to_value", event.getTo())
                    .put("changed_at", event.getChangedAt().toString())
                    .put("changed_by", event.getChangedBy())
                    .put("removed", false))
            .toString());
  }

  @Test
  void anEditOfAPlateIsACorrectionAndIsAcceptedWhileTheJobIsAway() {
    recordings.passes(TestPasses.pass("edit-1"));
    String path = "/api/plates/" + id("plates", "edit-1");
    try (TopicReader topic = new TopicReader(brokers, Topics.CORRECTIONS)) {
      long start = System.nanoTime();

      JsonNode answer =
          checked(
              "PATCH",
              "/api/plates/{plate_id}",
              send(
                  "PATCH",
                  path,
                  "{\"plate_text\": \"b 456-xyz\", \"plate_type\": \"Government\", \"other\": 1}"),
              202);

      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(6));
      assertThat(answer.at("/plate/plate_text").asText()).as("still").isEqualTo("B1234CD");
      CorrectionEvent text = correction(topic, "edit-1", "plate");
      assertThat(text.getTo()).isEqualTo("B456XYZ");
      assertThat(text.getFrom()).isEqualTo("B1234CD");
      assertThat(text.getChangedBy()).startsWith("token:");
      assertThat(correction(topic, "edit-1", "plate_type").getTo()).isEqualTo("government");
    }
  }

  @Test
  void aDeletionIsAnsweredWhenTheTablesFollow() {
    recordings.passes(TestPasses.pass("delete-1"));
    String plate = "/api/plates/" + id("plates", "delete-1");
    try (TopicReader topic = new TopicReader(brokers, Topics.CORRECTIONS)) {
      CompletableFuture<HttpResponse<byte[]>> answer =
          CompletableFuture.supplyAsync(() -> send("DELETE", plate, null));

      record(correction(topic, "delete-1", "delete"));

      JsonNode deleted = checked("DELETE", "/api/plates/{plate_id}", answer.join(), 200);
      assertThat(deleted.path("message").asText())
          .isEqualTo(
              "Successfully deleted plate %s and its associated vehicle"
                  .formatted(plate.replaceFirst(".*/", "")));
      assertThat(deleted.path("vehicle_deleted").asBoolean()).isTrue();
      assertThat(deleted.path("session_deleted").asBoolean()).isTrue();
    }
    checked("GET", "/api/plates/{plate_id}", send("GET", plate, null), 404);
    checked("DELETE", "/api/plates/{plate_id}", send("DELETE", plate, null), 404);
  }

  @Test
  void aVehicleGoesWithItsPlate() {
    recordings.passes(TestPasses.pass("delete-2"));
    String vehicle = "/api/vehicles/" + id("vehicles", "delete-2");
    try (TopicReader topic = new TopicReader(brokers, Topics.CORRECTIONS)) {
      CompletableFuture<HttpResponse<byte[]>> answer =
          CompletableFuture.supplyAsync(() -> send("DELETE", vehicle, null));

      record(correction(topic, "delete-2", "delete"));

      JsonNode deleted = checked("DELETE", "/api/vehicles/{vehicle_id}", answer.join(), 200);
      assertThat(deleted.path("plates_deleted").asInt()).isEqualTo(1);
      assertThat(deleted.path("message").asText())
          .matches("Successfully deleted vehicle \\d+ with 1 plate records");
    }
  }

  @Test
  void whatSomebodyHoldsIsNotDeleted() {
    recordings.passes(TestPasses.pass("held-1"));
    api.query("INSERT INTO holds (pass_key, held_by, reason) VALUES ('held-1', 'ana', 'police')");

    checked(
        "DELETE",
        "/api/vehicles/{vehicle_id}",
        send("DELETE", "/api/vehicles/" + id("vehicles", "held-1"), null),
        409);
  }

  @Test
  void theClassOfAVehicleIsCorrected() {
    recordings.passes(TestPasses.pass("vehicle-1"));
    String path = "/api/vehicles/" + id("vehicles", "vehicle-1");
    String operation = "/api/vehicles/{vehicle_id}";
    try (TopicReader topic = new TopicReader(brokers, Topics.CORRECTIONS)) {
      checked(
          "PUT",
          operation,
          send("PUT", path, "{\"vehicle_class\": \"truck\", \"vehicle_confidence_score\": 0.95}"),
          202);
      assertThat(correction(topic, "vehicle-1", "vehicle_class").getTo()).isEqualTo("truck");
    }
    checked("PUT", operation, send("PUT", path, "{\"vehicle_confidence_score\": 0.95}"), 400);
    checked(
        "PUT",
        operation,
        send("PUT", path, "{\"vehicle_class\": \"truck\", \"vehicle_confidence_score\": 2}"),
        422);
  }

  @Test
  void aSessionIsPutAtAnotherPlace() {
    recordings.passes(TestPasses.pass("session-1"));
    String id = api.query("SELECT id FROM detection_sessions WHERE pass_key = 'session-1'");
    try (TopicReader topic = new TopicReader(brokers, Topics.CORRECTIONS)) {
      checked(
          "PUT",
          "/api/sessions/{session_id}",
          send("PUT", "/api/sessions/" + id, "{\"location\": \"gate 1 (entry)\"}"),
          202);
      CorrectionEvent place = correction(topic, "session-1", "location");
      assertThat(place.getTo()).isEqualTo("Gate 1");
      assertThat(place.getGate()).hasToString("entry");
    }
    checked(
        "PUT",
        "/api/sessions/{session_id}",
        send("PUT", "/api/sessions/" + id, "{\"location_id\": 99}"),
        422);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"plate_text\": \"-\"} | 422",
        "{\"plate_text\": 7} | 422",
        "{\"plate_type\": \"Flying\"} | 422",
        "{\"plate_region_code\": \"QX\"} | 422",
        "{\"plate_status\": \"grey\"} | 422",
        "{\"plate_text\": \"A1\", \"plate_text\": \"A2\"} | 422",
        "[] | 422",
        "{ | 422",
        "{} | 400",
        "{\"colour\": \"red\"} | 400",
      })
  void whatCannotBeIsRefusedBeforeAnythingIsSent(String json, int status) {
    recordings.passes(TestPasses.pass("refused-1"));
    int before = records();

    checked(
        "PATCH",
        "/api/plates/{plate_id}",
        send("PATCH", "/api/plates/" + id("plates", "refused-1"), json),
        status);

    assertThat(records()).isEqualTo(before);
  }

  private static int records() {
    try (TopicReader topic = new TopicReader(brokers, Topics.CORRECTIONS)) {
      return topic.all().size();
    }
  }

  private static PlateStatusEvent status(TopicReader topic, String plate) {
    ConsumerRecord<byte[], byte[]> record =
        topic.await(r -> new String(r.key(), StandardCharsets.UTF_8).equals(plate), PATIENCE);
    try {
      return STATUSES.decode(record.value());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aPlateIsListedWhenTheTableShowsIt() {
    String operation = "/api/plate-status";
    try (TopicReader topic = new TopicReader(brokers, Topics.PLATE_STATUS)) {
      CompletableFuture<HttpResponse<byte[]>> added =
          CompletableFuture.supplyAsync(
              () ->
                  send(
                      "POST",
                      operation,
                      "{\"plate_text\": \"b 123 abc\", \"status_type\": \"whitelist\"}"));
      PlateStatusEvent event = status(topic, "B123ABC");
      assertThat(event.getType()).hasToString("WHITELIST");
      recordings.plateStatus("B123ABC", "whitelist", event.getVersion());
      assertThat(checked("POST", operation, added.join(), 200).path("message").asText())
          .isEqualTo("Plate b 123 abc added to whitelist");

      String one = "/api/plate-status/B123ABC";
      CompletableFuture<HttpResponse<byte[]>> removed =
          CompletableFuture.supplyAsync(() -> send("DELETE", one, null));
      PlateStatusEvent removal = status(topic, "B123ABC");
      assertThat(removal.getType()).hasToString("REMOVED");
      assertThat(removal.getVersion()).isGreaterThan(event.getVersion());
      recordings.plateStatus("B123ABC", null, removal.getVersion());
      assertThat(
              checked("DELETE", "/api/plate-status/{plate_text}", removed.join(), 200)
                  .path("message")
                  .asText())
          .isEqualTo("Plate B123ABC removed from status list");
      checked("DELETE", "/api/plate-status/{plate_text}", send("DELETE", one, null), 404);
    }
  }

  @Test
  void aFormListsAPlateTooAndAClockThatIsAheadDoesNotKeepItOff() {
    long ahead = System.currentTimeMillis() + 3_600_000;
    recordings.plateStatus("F1", "blacklist", ahead);
    try (TopicReader topic = new TopicReader(brokers, Topics.PLATE_STATUS)) {
      HttpResponse<byte[]> answer =
          api.send(
              api.request("/api/plate-status")
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(BodyPublishers.ofString("plate_text=F+1&status_type=whitelist"))
                  .build());

      checked("POST", "/api/plate-status", answer, 202);
      assertThat(status(topic, "F1").getVersion()).isEqualTo(ahead + 1);
    }
    for (String wrong :
        new String[] {
          "{}",
          "{\"plate_text\": \"A1\"}",
          "{\"plate_text\": \"A1\", \"status_type\": \"grey\"}",
          "{\"plate_text\": \"..\", \"status_type\": \"blacklist\"}"
        }) {
      checked("POST", "/api/plate-status", send("POST", "/api/plate-status", wrong), 422);
    }
  }

  @Test
  void aStatusThatIsEditedIsAnEntryOfTheList() {
    recordings.passes(TestPasses.pass("status-1").withPlate(TestPasses.plate("S 1 TATUS")));
    try (TopicReader topic = new TopicReader(brokers, Topics.PLATE_STATUS)) {
      checked(
          "PATCH",
          "/api/plates/{plate_id}",
          send(
              "PATCH",
              "/api/plates/" + id("plates", "status-1"),
              "{\"plate_status\": \"blacklist\"}"),
          202);
      assertThat(status(topic, "S1TATUS").getType()).hasToString("BLACKLIST");
    }
  }

  @Test
  void synchronizingCountsAndSendsNothing() {
    recordings.passes(TestPasses.pass("sync-1").withPlate(TestPasses.plate("Q 1")));
    recordings.plateStatus("Q1", "blacklist", 1);

    JsonNode synced =
        checked(
            "POST",
            "/api/plate-status/sync-all",
            send("POST", "/api/plate-status/sync-all", null),
            200);

    assertThat(synced.at("/details/blacklist").asInt()).isEqualTo(1);
    assertThat(
            checked(
                "POST",
                "/api/plate-status-sync/{id}",
                send("POST", "/api/plate-status-sync/1", null),
                200))
        .isEqualTo(synced);
  }

  @Test
  void placesAreMadeChangedAndDeleted() {
    String all = "/api/locations/";
    String one = "/api/locations/{location_id}";
    JsonNode made =
        checked("POST", all, send("POST", all, "{\"name\": \"Gate 3\", \"type\": \"Entry\"}"), 200);
    assertThat(made.path("timezone").asText()).isEqualTo("UTC");
    String path = all + made.path("id").asText();
    checked("POST", all, send("POST", all, "{\"name\": \"Gate 3\", \"type\": \"entry\"}"), 409);

    JsonNode changed =
        checked(
            "PUT",
            one,
            send("PUT", path, "{\"name\": \"Gate 3A\", \"timezone\": \"Asia/Makassar\"}"),
            200);
    assertThat(changed.path("name").asText()).isEqualTo("Gate 3A");
    assertThat(changed.path("type").asText()).isEqualTo("Entry");
    assertThat(changed.path("timezone").asText()).isEqualTo("Asia/Makassar");

    assertThat(checked("DELETE", one, send("DELETE", path, null), 200).path("message").asText())
        .isEqualTo("Location %s deleted successfully".formatted(made.path("id").asText()));
    checked("DELETE", one, send("DELETE", path, null), 404);
    checked("PUT", one, send("PUT", path, "{\"name\": \"x\"}"), 404);
    for (String wrong :
        new String[] {
          "{}",
          "{\"name\": \"x\"}",
          "{\"name\": \" \", \"type\": \"Exit\"}",
          "{\"name\": \"x\", \"type\": \"Roof\"}",
          "{\"name\": \"a\\u0000b\", \"type\": \"Exit\"}",
          "{\"name\": \"x\", \"type\": \"Exit\", \"timezone\": \"Mars/Base\"}"
        }) {
      checked("POST", all, send("POST", all, wrong), 422);
    }
  }

  @Test
  void aPlaceWithPassesStaysAndItsStatisticsFollowItsClock() {
    recordings.passes(TestPasses.pass("place-1"));
    String id = api.query("SELECT id FROM locations WHERE name = 'Gate 1' AND type = 'Entry'");
    String one = "/api/locations/{location_id}";
    checked("DELETE", one, send("DELETE", "/api/locations/" + id, null), 409);
    String before = "SELECT min(local_start)::text FROM pass_statistics_hourly";
    assertThat(api.query(before)).isEqualTo("2026-11-20 12:00:00");

    checked("PUT", one, send("PUT", "/api/locations/" + id, "{\"timezone\": \"UTC\"}"), 200);

    assertThat(api.query(before)).isEqualTo("2026-11-20 04:00:00");
    checked(
        "PUT", one, send("PUT", "/api/locations/" + id, "{\"timezone\": \"Asia/Makassar\"}"), 200);
  }

  @Test
  void whoMayOnlyReadChangesNothing() {
    String reader = Recordings.token(api, "recognize,read");
    int tried = 0;
    for (String operation : CONTRACT.operations()) {
      String[] parts = operation.split(" ");
      if (!parts[0].equals("GET") && !parts[1].startsWith("/detect")) {
        HttpRequest request =
            api.anonymous(parts[1].replaceAll("\\{.*}", "1"))
                .header("Authorization", "Token " + reader)
                .method(parts[0], BodyPublishers.ofString("{}"))
                .build();
        checked(parts[0], parts[1], api.send(request), 403);
        tried++;
      }
    }
    assertThat(tried).isGreaterThan(10);
  }
}
