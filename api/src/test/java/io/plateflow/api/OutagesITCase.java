package io.plateflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plateflow.api.testing.Clip;
import io.plateflow.api.testing.Contract;
import io.plateflow.clients.embedded.EmbeddedKafkaBroker;
import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.clients.kafka.TopicCreation;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.testing.EmbeddedServices;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the service needs is away: it says so, keeps nothing by halves, and recovers by itself. */
@ExtendWith(EmbeddedServices.class)
class OutagesITCase {

  private static final String PATH = "/v1/plate-reader/";
  private static final Contract CONTRACT = new Contract("snapshot");

  @TempDir Path pictures;
  @TempDir Path kafkaFolder;

  @Test
  void whileKafkaIsAwayNothingIsKept(PostgresConfig postgres) throws IOException {
    byte[] car = Clip.car();
    EmbeddedKafkaBroker broker = EmbeddedKafkaBroker.start(0, kafkaFolder);
    int port = broker.port();
    TopicCreation.createMissing(broker.config());
    try (ApiFixture api = new ApiFixture(postgres, broker.config(), pictures)) {
      assertThat(send(api, car).statusCode()).isEqualTo(201);
      long files = files();
      broker.close();

      HttpResponse<byte[]> refused = send(api, car);

      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(CONTRACT.check("POST", PATH, refused).path("detail").asText())
          .isEqualTo("The service cannot keep pictures at the moment.");
      assertThat(api.query("SELECT count(*) FROM uploads")).isEqualTo("1");
      assertThat(api.query("SELECT calls FROM api_usage")).isEqualTo("1");
      assertThat(files()).isEqualTo(files);
      assertThat(api.send(api.anonymous("/health").build()).statusCode()).isEqualTo(503);

      broker = EmbeddedKafkaBroker.start(port, kafkaFolder);
      assertThat(send(api, car).statusCode()).isEqualTo(201);
      assertThat(api.query("SELECT count(*) FROM uploads")).isEqualTo("2");
    } finally {
      broker.close();
    }
  }

  @Test
  void whereTokensCannotBeReadNobodyIsLetIn(KafkaConfig kafka, PostgresConfig postgres)
      throws IOException {
    try (ApiFixture api = new ApiFixture(postgres, kafka, pictures)) {
      api.query("ALTER TABLE api_tokens RENAME TO api_tokens_away");

      HttpResponse<byte[]> refused = send(api, Clip.car());

      assertThat(refused.statusCode()).isEqualTo(503);
      JsonNode body = CONTRACT.check("POST", PATH, refused);
      assertThat(body.path("detail").asText())
          .isEqualTo("Credentials cannot be checked at the moment.");
      assertThat(files()).isZero();
      api.query("ALTER TABLE api_tokens_away RENAME TO api_tokens");
      assertThat(send(api, Clip.car()).statusCode()).isEqualTo(201);
    }
  }

  @Test
  void aFolderThatTakesNothingLeavesNothing(PostgresConfig postgres, KafkaConfig kafka)
      throws IOException {
    Path notAFolder = Files.writeString(pictures.resolve("file"), "no folder");
    try (ApiFixture api = new ApiFixture(postgres, kafka, notAFolder)) {
      HttpResponse<byte[]> refused = send(api, Clip.car());

      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(new String(refused.body(), StandardCharsets.UTF_8)).contains("cannot be stored");
      assertThat(api.query("SELECT count(*) FROM uploads")).isEqualTo("0");
    }
  }

  private static HttpResponse<byte[]> send(ApiFixture api, byte[] picture) {
    return api.send(ApiFixture.multipart(api.request(PATH), picture).build());
  }

  private long files() throws IOException {
    try (Stream<Path> all = Files.walk(pictures)) {
      return all.filter(Files::isRegularFile).count();
    }
  }
}
