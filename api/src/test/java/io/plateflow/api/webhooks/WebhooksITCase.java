package io.plateflow.api.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.plateflow.api.ApiFixture;
import io.plateflow.api.testing.Clip;
import io.plateflow.api.testing.Contract;
import io.plateflow.clients.http.OutboundConfig;
import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.testing.EmbeddedServices;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(EmbeddedServices.class)
class WebhooksITCase {

  private static final String HOOKS = "/api/webhooks";
  private static final String READER = "/v1/plate-reader/";
  private static final Contract SERVICE = new Contract("service");
  private static final Contract SNAPSHOT = new Contract("snapshot");

  @TempDir static Path pictures;

  private record Heard(String path, String contentType, byte[] body) {}

  private static final BlockingQueue<Heard> HEARD = new LinkedBlockingQueue<>();
  private static ApiFixture api;
  private static HttpServer receiver;

  @BeforeAll
  static void start(PostgresConfig postgres, KafkaConfig kafka) throws IOException {
    receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          HEARD.add(
              new Heard(
                  exchange.getRequestURI().toString(),
                  exchange.getRequestHeaders().getFirst("Content-Type"),
                  exchange.getRequestBody().readAllBytes()));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    receiver.start();
    api =
        new ApiFixture(
            postgres,
            kafka,
            pictures,
            http -> http.withOutbound(new OutboundConfig(List.of("127.0.0.1"))));
  }

  @AfterAll
  static void stop() {
    api.close();
    receiver.stop(0);
  }

  private static JsonNode send(int status, String method, String path, String body) {
    HttpResponse<byte[]> answer =
        api.send(
            api.request(path)
                .header("Content-Type", "application/json")
                .method(
                    method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build());
    assertThat(answer.statusCode())
        .as(new String(answer.body(), StandardCharsets.UTF_8))
        .isEqualTo(status);
    return SERVICE.check(method, path.replaceFirst("/[0-9]+$", "/{id}"), answer);
  }

  private static String target(String path) {
    return "http://127.0.0.1:%d%s".formatted(receiver.getAddress().getPort(), path);
  }

  private static Heard heard() throws InterruptedException {
    Heard heard = HEARD.poll(20, TimeUnit.SECONDS);
    assertThat(heard).as("a delivery").isNotNull();
    return heard;
  }

  @Test
  void everyRecognitionIsToldInTheBodiesThatReceiversKnow() throws Exception {
    JsonNode plain =
        send(201, "POST", HOOKS, "{\"target\": \"%s\"}".formatted(target("/plain?key=hidden")));
    assertThat(plain.path("secret").asText()).hasSize(64);
    byte[] car = Clip.car();
    HttpResponse<byte[]> answer =
        api.send(ApiFixture.multipart(api.request(READER), car, "camera_id", "gate 7").build());
    assertThat(answer.statusCode()).isEqualTo(201);

    Heard told = heard();
    assertThat(told.path()).isEqualTo("/plain?key=hidden");
    assertThat(told.contentType()).isEqualTo("application/json");
    JsonNode body = new ObjectMapper().readTree(told.body());
    assertThat(body.at("/hook/target").asText()).isEqualTo(target("/plain?key=hidden"));
    assertThat(body.at("/hook/id")).isEqualTo(plain.path("id"));
    assertThat(body.at("/hook/event").asText()).isEqualTo("image.done");
    assertThat(body.path("data")).isEqualTo(new ObjectMapper().readTree(answer.body()));

    JsonNode info = SNAPSHOT.check("GET", "/info/", api.send(api.request("/info/").build()));
    assertThat(info.at("/webhooks/0/target").asText()).isEqualTo(target(""));
    assertThat(info.toString() + send(200, "GET", HOOKS, null))
        .doesNotContain(plain.path("secret").asText());

    send(200, "DELETE", HOOKS + "/" + plain.path("id").asLong(), null);
    JsonNode withPicture =
        send(
            201,
            "POST",
            HOOKS,
            "{\"target\": \"%s\", \"image\": true, \"secret\": \"mine\"}"
                .formatted(target("/picture")));
    assertThat(withPicture.has("secret")).as("it is the client's own").isFalse();
    byte[] grey =
        Files.readAllBytes(Path.of("../models/src/test/resources/pictures/progressive.jpg"));
    api.send(ApiFixture.multipart(api.request(READER), grey).build());

    Heard form = heard();
    assertThat(form.contentType()).startsWith("multipart/form-data; boundary=");
    String text = new String(form.body(), StandardCharsets.ISO_8859_1);
    assertThat(text)
        .contains("name=\"json\"")
        .contains("\"results\":[]")
        .contains("name=\"upload\"; filename=\"car.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n")
        .contains(new String(grey, StandardCharsets.ISO_8859_1));
    assertThat(text.indexOf("name=\"json\"")).isLessThan(text.indexOf("name=\"upload\""));
    send(200, "DELETE", HOOKS + "/" + withPicture.path("id").asLong(), null);
    send(404, "DELETE", HOOKS + "/" + withPicture.path("id").asLong(), null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | target",
        "{\"target\": \"ftp://a.example/\"} | target",
        "{\"target\": \"http://169.254.169.254/latest\"} | target",
        "{\"target\": \"http://[::1]/\"} | target",
        "{\"target\": \"http://127.0.0.1/\", \"image\": \"yes\"} | image",
        "{\"target\": \"http://127.0.0.1/\", \"events\": [\"all\"]} | events",
        "{\"target\": \"http://127.0.0.1/\", \"secret\": \"\"} | secret",
        "{\"target\": \"http://127.0.0.1/\", \"authorization\": \"a\\r\\nb\"} | authorization",
        "{\"target\": \"http://127.0.0.1/\", \"url\": \"x\"} | url",
      })
  void wrongFieldsAreNamed(String body, String field) {
    assertThat(send(400, "POST", HOOKS, body).path("field").asText()).isEqualTo(field);
  }
}
