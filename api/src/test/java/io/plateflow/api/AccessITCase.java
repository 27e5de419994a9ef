package io.plateflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.clients.http.StillsConfig;
import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.testing.EmbeddedServices;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Who is let in to what. */
@ExtendWith(EmbeddedServices.class)
class AccessITCase {

  /** All that anybody may see. */
  private static final Set<String> WITHOUT_CREDENTIAL =
      Set.of(
          "GET /", "GET /health", "GET /v3/config", "GET /v2/config", "GET /galaxy-alpr/v1/health");

  private static final Pattern LABEL = Pattern.compile("operation=\"([A-Z]+ /[^\"]*)\"");

  @TempDir Path pictures;

  @Test
  void onlyWhatIsListedAnswersWithoutACredential(PostgresConfig postgres, KafkaConfig kafka) {
    try (ApiFixture api = new ApiFixture(postgres, kafka, pictures)) {
      Set<String> open = new TreeSet<>();
      for (String operation : api.operations()) {
        String[] parts = operation.split(" ");
        HttpResponse<byte[]> answer =
            api.send(
                api.anonymous(parts[1].replaceAll("[{}]", ""))
                    .method(parts[0], BodyPublishers.noBody())
                    .build());
        if (answer.statusCode() != 401 && answer.statusCode() != 403) {
          open.add(operation);
        }
      }
      assertThat(api.operations()).hasSizeGreaterThan(5);
      assertThat(open).isEqualTo(new TreeSet<>(WITHOUT_CREDENTIAL));
    }
  }

  @Test
  void aTokenMayDoWhatItsRightsSay(PostgresConfig postgres, KafkaConfig kafka) {
    try (ApiFixture api = new ApiFixture(postgres, kafka, pictures)) {
      api.query("UPDATE api_tokens SET rights = '{recognize}'");

      assertThat(api.send(api.request("/info/").build()).statusCode()).isEqualTo(200);
      assertThat(api.send(api.request("/metrics").build()).statusCode()).isEqualTo(403);
    }
  }

  @Test
  void aCredentialThatDiffersInCaseIsAnother(PostgresConfig postgres, KafkaConfig kafka) {
    try (ApiFixture api = new ApiFixture(postgres, kafka, pictures)) {
      String other = api.token().toUpperCase(Locale.ROOT);

      // On one connection, as proxies keep it.
      assertThat(api.send(api.request("/info/").build()).statusCode()).isEqualTo(200);
      assertThat(
              api.send(api.anonymous("/info/").header("Authorization", "Token " + other).build())
                  .statusCode())
          .isEqualTo(403);
    }
  }

  @Test
  void theFirstStartShowsItsCredentialsAndNoOther(PostgresConfig postgres, KafkaConfig kafka) {
    try (ApiFixture first = new ApiFixture(postgres, kafka, pictures);
        ApiFixture second = new ApiFixture(postgres, kafka, pictures)) {
      assertThat(first.said()).anyMatch(line -> line.contains("http://127.0.0.1:"));
      assertThat(first.token()).hasSize(40);
      assertThat(first.password()).hasSize(16);
      assertThat(second.said()).hasSize(1);
      // What one instance gave out holds at the other.
      assertThat(
              second
                  .send(
                      second
                          .anonymous("/info/")
                          .header("Authorization", "Token " + first.token())
                          .build())
                  .statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void refusalsHaveTheFormOfTheirSurface(PostgresConfig postgres, KafkaConfig kafka) {
    try (ApiFixture api = new ApiFixture(postgres, kafka, pictures)) {
      HttpResponse<byte[]> none = api.send(api.anonymous("/v1/statistics/").build());
      assertThat(none.statusCode()).isEqualTo(403);
      assertThat(text(none))
          .isEqualTo(
              "{\"detail\":\"Authentication credentials were not provided.\",\"status_code\":403}");

      HttpResponse<byte[]> wrong =
          api.send(
              api.anonymous("/v1/statistics/").header("Authorization", "Token nonsense").build());
      assertThat(wrong.statusCode()).isEqualTo(403);
      assertThat(text(wrong)).isEqualTo("{\"detail\":\"Invalid token.\",\"status_code\":403}");

      HttpResponse<byte[]> own = api.send(api.anonymous("/metrics").build());
      assertThat(own.statusCode()).isEqualTo(401);
      assertThat(own.headers().firstValue("WWW-Authenticate"))
          .hasValue("Basic realm=\"plateflow\"");
    }
  }

  @Test
  void openSaysSoAndAsksNobody(PostgresConfig postgres, KafkaConfig kafka) {
    try (ApiFixture api = new ApiFixture(postgres, kafka, pictures, http -> http.withOpen(true))) {
      assertThat(api.said()).anyMatch(line -> line.contains("OPEN"));
      assertThat(api.said()).noneMatch(line -> line.contains("token "));
      assertThat(text(api.send(api.anonymous("/").build()))).contains("\"open\":");
      assertThat(api.send(api.anonymous("/info/").build()).statusCode()).isEqualTo(200);
      assertThat(
              api.send(api.anonymous("/info/").header("Sec-Fetch-Site", "cross-site").build())
                  .statusCode())
          .as("a page of another site")
          .isEqualTo(403);
      assertThat(
              api.send(
                      api.anonymous("/v1/plate-reader/")
                          .header("Origin", "http://elsewhere.example")
                          .POST(HttpRequest.BodyPublishers.noBody())
                          .build())
                  .statusCode())
          .as("a form of another site, in a browser that does not trust the connection")
          .isEqualTo(403);
    }
  }

  @Test
  void metricsCountByOperationAndStatus(PostgresConfig postgres, KafkaConfig kafka) {
    try (ApiFixture api = new ApiFixture(postgres, kafka, pictures)) {
      api.send(api.request("/info").build());
      api.send(api.anonymous("/info/").build());
      api.send(api.anonymous("/nowhere").build());

      String metrics = text(api.send(api.request("/metrics").build()));

      assertThat(metrics)
          .contains("plateflow_http_requests_total{operation=\"GET /info/\",status=\"200\"} 1.0")
          .contains("plateflow_http_requests_total{operation=\"GET /info/\",status=\"403\"} 1.0")
          .contains("plateflow_http_requests_total{operation=\"none\",status=\"404\"} 1.0")
          .contains("plateflow_http_request_seconds_bucket{operation=\"GET /info/\"");
      Matcher labels = LABEL.matcher(metrics);
      Set<String> seen = new TreeSet<>();
      while (labels.find()) {
        seen.add(labels.group(1));
      }
      assertThat(api.operations()).containsAll(seen);
    }
  }

  @Test
  void tooManyPicturesOfATokenAreThrottled(PostgresConfig postgres, KafkaConfig kafka) {
    try (ApiFixture api =
        new ApiFixture(
            postgres,
            kafka,
            pictures,
            http -> http.withStills(new StillsConfig(0, 64, Duration.ofSeconds(5), 1, 2)))) {
      List<Integer> statuses =
          IntStream.range(0, 4)
              .mapToObj(
                  i ->
                      api.send(
                          ApiFixture.multipart(api.request("/v1/plate-reader/"), null).build()))
              .map(HttpResponse::statusCode)
              .toList();

      assertThat(statuses).startsWith(400, 400).contains(429);
    }
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }
}
