package io.plateflow.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.api.testing.Clip;
import io.plateflow.api.testing.Contract;
import io.plateflow.clients.http.StillsConfig;
import io.plateflow.clients.kafka.KafkaConfig;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.clients.testing.EmbeddedServices;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is sent, the answer is a clear one, and nothing of it is kept. */
@ExtendWith(EmbeddedServices.class)
class HostileUploadsITCase {

  private static final String PATH = "/v1/plate-reader/";
  private static final Contract CONTRACT = new Contract("snapshot");

  @TempDir static Path pictures;

  private static ApiFixture api;

  @BeforeAll
  static void start(PostgresConfig postgres, KafkaConfig kafka) {
    api =
        new ApiFixture(
            postgres,
            kafka,
            pictures,
            http ->
                http.withStills(new StillsConfig(0, 64, Duration.ofSeconds(5), 10_000, 10_000)));
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  void manySmallThingsTakeNoMoreMemoryThanTheirBytes() {
    HttpRequest fields =
        api.anonymous("/v3/recognize")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("a&".repeat(4_000_000)))
            .build();
    assertThat(api.send(fields).statusCode()).isEqualTo(400);
    HttpRequest numbers =
        api.request(PATH)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"x\":[" + "0,".repeat(4_000_000) + "0]}"))
            .build();
    assertThat(api.send(numbers).statusCode()).isEqualTo(400);
  }

  @Test
  void whatNoStoreTakesIsNoFault() throws IOException {
    byte[] car = Clip.car();
    assertThat(
            api.send(ApiFixture.multipart(api.request(PATH), car, "camera_id", "a\0b").build())
                .statusCode())
        .isEqualTo(400);
    assertThat(
            api.send(
                    ApiFixture.multipart(
                            api.request(PATH), car, "timestamp", "-999999999-01-01T00:00:00Z")
                        .build())
                .statusCode())
        .isEqualTo(201);
    String nobody = Base64.getEncoder().encodeToString("a\0b:c".getBytes(StandardCharsets.UTF_8));
    assertThat(
            api.send(api.anonymous("/info/").header("Authorization", "Basic " + nobody).build())
                .statusCode())
        .isEqualTo(403);
    api.query("DELETE FROM uploads");
    try (Stream<Path> kept = Files.walk(pictures)) {
      for (Path file : kept.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void nothingThatIsNoPictureIsTaken() throws IOException {
    byte[] car = Clip.car();
    Map<String, byte[]> hostile = new LinkedHashMap<>();
    for (int i = 1; i < 20; i++) {
      hostile.put("cut at %d/20".formatted(i), Arrays.copyOf(car, car.length * i / 20));
    }
    byte[] png = Clip.carAsPng();
    for (int i = 1; i < 10; i++) {
      hostile.put("PNG cut at %d/10".formatted(i), Arrays.copyOf(png, png.length * i / 10));
    }
    Random random = new Random(1);
    for (int i = 1; i < 20; i++) {
      byte[] noise = new byte[i * 100];
      random.nextBytes(noise);
      hostile.put("noise " + i, noise);
    }
    hostile.put("zip", zip());
    hostile.put(
        "SVG", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>".getBytes(StandardCharsets.UTF_8));
    hostile.put("HTML", "<html></html>".getBytes(StandardCharsets.UTF_8));
    hostile.put("huge PNG", png(60_000, 60_000));
    hostile.put("wide PNG", png(50_000_001, 1));
    hostile.put("empty PNG", png(0, 0));
    hostile.put("one byte", new byte[] {(byte) 0xFF});

    hostile.forEach(
        (what, bytes) -> {
          HttpResponse<byte[]> answer =
              api.send(ApiFixture.multipart(api.request(PATH), bytes).build());
          assertThat(answer.statusCode()).as(what).isEqualTo(400);
          assertThat(CONTRACT.check("POST", PATH, answer).path("upload")).as(what).hasSize(1);
        });

    assertThat(api.query("SELECT count(*) FROM uploads")).isEqualTo("0");
    try (Stream<Path> kept = Files.walk(pictures)) {
      assertThat(kept.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void whatIsTooLargeIsRefusedWhileItArrives() {
    byte[] large = new byte[(20 << 20) + 1];
    large[0] = (byte) 0xFF;

    HttpResponse<byte[]> file = api.send(ApiFixture.multipart(api.request(PATH), large).build());
    assertThat(file.statusCode()).isEqualTo(413);
    assertThat(CONTRACT.check("POST", PATH, file).path("error").asText()).contains("20971520");

    HttpResponse<byte[]> texts =
        api.send(
            ApiFixture.multipart(api.request(PATH), null, "camera_id", "x".repeat(70_000)).build());
    assertThat(texts.statusCode()).isEqualTo(413);
    CONTRACT.check("POST", PATH, texts);

    HttpResponse<byte[]> base64 =
        api.send(
            api.request(PATH)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"upload\":\"" + "A".repeat(30 << 20) + "\"}"))
                .build());
    assertThat(base64.statusCode()).isEqualTo(413);
    CONTRACT.check("POST", PATH, base64);
  }

  @Test
  void formsThatAreNoneAreRefused() {
    for (String type :
        new String[] {
          "multipart/form-data", "multipart/form-data; boundary=", "application/json", "image/jpeg"
        }) {
      HttpResponse<byte[]> answer =
          api.send(
              api.request(PATH)
                  .header("Content-Type", type)
                  .POST(BodyPublishers.ofByteArray(new byte[] {1, 2, 3}))
                  .build());
      assertThat(answer.statusCode()).as(type).isEqualTo(400);
      CONTRACT.check("POST", PATH, answer);
    }
    HttpResponse<byte[]> cut =
        api.send(
            api.request(PATH)
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(
                    BodyPublishers.ofString(
                        "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb"))
                .build());
    assertThat(cut.statusCode()).isEqualTo(400);
    CONTRACT.check("POST", PATH, cut);
  }

  @Test
  void requestsThatAreNoneAreRefusedInJson() throws IOException {
    assertThat(raw("GET /v1/%2e%2e/metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 40")
        .contains("application/json")
        .contains("\r\n\r\n{");
    assertThat(raw("GET /v1/..%2fmetrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 40")
        .contains("\r\n\r\n{");
    assertThat(
            raw(
                "GET /info/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                    + "X-Flood: 0123456789abcdef\r\n".repeat(2_000)
                    + "\r\n"))
        .startsWith("HTTP/1.1 431")
        .contains("application/json");
    assertThat(raw("nonsense\r\n\r\n")).startsWith("HTTP/1.1 400").contains("application/json");
  }

  private static String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", api.uri("/").getPort())) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      InputStream in = socket.getInputStream();
      out.write(request.getBytes(StandardCharsets.UTF_8));
      out.flush();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static byte[] zip() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("car.jpg"));
      zip.write(new byte[1 << 20]);
    }
    return bytes.toByteArray();
  }

  /** A picture that says that it is of this size, and has nothing else. */
  private static byte[] png(int width, int height) {
    byte[] chunk =
        ByteBuffer.allocate(17)
            .put("IHDR".getBytes(StandardCharsets.US_ASCII))
            .putInt(width)
            .putInt(height)
            .put(new byte[] {8, 2, 0, 0, 0})
            .array();
    CRC32 crc = new CRC32();
    crc.update(chunk);
    return ByteBuffer.allocate(45)
        .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'})
        .putInt(13)
        .put(chunk)
        .putInt((int) crc.getValue())
        .putInt(0)
        .put("IEND".getBytes(StandardCharsets.US_ASCII))
        .putInt(0xAE426082)
        .array();
  }
}
