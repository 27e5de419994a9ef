package io.plateflow.api.openalpr;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.api.ApiFixture;
import io.plateflow.api.testing.Clip;
import io.plateflow.api.testing.Contract;
import io.plateflow.api.testing.Multipart;
import io.plateflow.clients.http.StillsConfig;
import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.testing.EmbeddedServices;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is too much at the moment. */
@ExtendWith(EmbeddedServices.class)
class CarCheckLimitsITCase {

  private static final String PATH = "/v3/recognize";
  private static final Contract CONTRACT = new Contract("carcheck");

  @TempDir Path pictures;

  private static HttpResponse<byte[]> send(ApiFixture api, byte[] picture) {
    HttpResponse<byte[]> answer =
        api.send(
            new Multipart()
                .file("image", "car.jpg", "image/jpeg", picture)
                .on(api.request(PATH + "?country=id")));
    CONTRACT.check("POST", PATH, answer);
    return answer;
  }

  private static long header(HttpResponse<byte[]> answer, String name) {
    return answer.headers().firstValueAsLong(name).orElseThrow();
  }

  @Test
  void whatRemainsIsToldUntilNothingDoes(PostgresConfig postgres, KafkaConfig kafka) {
    try (ApiFixture api =
        new ApiFixture(
            postgres,
            kafka,
            pictures,
            http -> http.withStills(new StillsConfig(0, 64, Duration.ofSeconds(5), 1, 3)))) {
      HttpResponse<byte[]> first = send(api, Clip.car());
      List<HttpResponse<byte[]>> more =
          IntStream.range(0, 6).mapToObj(i -> send(api, new byte[] {1})).toList();

      assertThat(first.statusCode()).isEqualTo(200);
      assertThat(header(first, "X-RateLimit-Limit")).isEqualTo(3);
      assertThat(header(first, "X-RateLimit-Remaining")).isEqualTo(2);
      long now = Instant.now().getEpochSecond();
      assertThat(header(first, "X-RateLimit-Reset")).isBetween(now - 9, now + 2);
      assertThat(more)
          .filteredOn(answer -> answer.statusCode() == 403)
          .isNotEmpty()
          .allSatisfy(
              answer -> {
                assertThat(header(answer, "X-RateLimit-Limit")).isEqualTo(3);
                assertThat(header(answer, "X-RateLimit-Remaining")).isZero();
                assertThat(header(answer, "X-RateLimit-Reset")).isBetween(now - 9, now + 3);
                assertThat(header(answer, "Retry-After")).isOne();
              });
    }
  }

  @Test
  void aFullQueueIsRefusedLikeARate(PostgresConfig postgres, KafkaConfig kafka) {
    byte[] car = Clip.car();
    try (ApiFixture api =
        new ApiFixture(
            postgres,
            kafka,
            pictures,
            http -> http.withStills(new StillsConfig(1, 0, Duration.ZERO, 100, 100)))) {
      List<HttpResponse<byte[]>> answers =
          IntStream.range(0, 8).parallel().mapToObj(i -> send(api, car)).toList();

      assertThat(answers).anyMatch(answer -> answer.statusCode() == 200);
      assertThat(answers)
          .filteredOn(answer -> answer.statusCode() != 200)
          .isNotEmpty()
          .allSatisfy(
              answer -> {
                assertThat(answer.statusCode()).isEqualTo(403);
                assertThat(new String(answer.body())).contains("Too many pictures at the moment.");
                assertThat(header(answer, "X-RateLimit-Remaining")).isZero();
                assertThat(header(answer, "Retry-After")).isOne();
              });
    }
  }
}
