package io.plateflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plateflow.clients.embedded.EmbeddedPostgresServer;
import io.plateflow.clients.embedded.LocalPort;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.jobs.config.JobConfig;
import io.plateflow.schemas.status.PlateListType;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.OpenCVFrameConverter;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A picture that a program sends to a running {@code scripts/run} is a pass like the cameras'. */
class UploadsITCase {

  private static final String PLATE = "B1876KJR";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir Path folder;

  @Test
  void anUploadBecomesAPassUnderItsReservedIdAndRaisesAnAlert() throws Exception {
    Path config =
        Files.writeString(
            folder.resolve("plateflow.yml"),
            """
            cameras: [{id: yard, uri: "%s", enabled: false}]
            http: {port: 0}
            """
                .formatted(Path.of("demo/gate-exit.mp4").toAbsolutePath()));
    int postgresPort = LocalPort.claim(0, "Postgres");
    Path data = folder.resolve("data");
    StandaloneOptions options =
        new StandaloneOptions(
            JobConfig.read(config),
            false,
            Map.of(PLATE, PlateListType.BLACKLIST),
            false,
            data,
            postgresPort,
            0,
            0,
            null);
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (Standalone standalone = new Standalone(options, new Console(out, options.zones()))) {
      Future<Integer> run = thread.submit(standalone::run);
      String address = await(printed, "API +(http://127\\.0\\.0\\.1:\\d+)");
      String token = await(printed, "token ([0-9a-f]{40})");

      JsonNode answer = send(address, token, picture());

      assertThat(answer.path("results").findValuesAsText("plate")).contains("b1876kjr");
      PostgresConfig postgres =
          EmbeddedPostgresServer.configOf(postgresPort, data.resolve("postgres"));
      List<String> rows =
          awaitRows(
              postgres,
              """
              SELECT concat_ws('|', s.upload_id, p.plate_text, p.plate_status)
              FROM detection_sessions s JOIN plates p ON p.session_id = s.id
              JOIN uploads u ON s.id = ANY (u.session_ids)
              WHERE p.plate_text = '%s'
              """
                  .formatted(PLATE));
      assertThat(rows).containsExactly("1|" + PLATE + "|blacklist");
      await(printed, "ALERT [a-z]+: (" + PLATE + ")");
      standalone.stop();
      assertThat(run.get()).isZero();
    } finally {
      thread.shutdownNow();
    }
  }

  private static JsonNode send(String address, String token, byte[] picture) throws Exception {
    String json =
        "{\"upload\": \"%s\", \"regions\": \"id\", \"camera_id\": \"phone\"}"
            .formatted(Base64.getEncoder().encodeToString(picture));
    HttpResponse<byte[]> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(address + "/v1/plate-reader/"))
                    .header("Authorization", "Token " + token)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(json))
                    .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(201);
    return new ObjectMapper().readTree(answer.body());
  }

  /** The first group of the pattern, as soon as it is printed. */
  private static String await(ByteArrayOutputStream printed, String pattern) throws Exception {
    Pattern wanted = Pattern.compile(pattern);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      Matcher matcher = wanted.matcher(printed.toString(StandardCharsets.UTF_8));
      if (matcher.find()) {
        return matcher.group(1);
      }
      Thread.sleep(50);
    }
    throw new AssertionError("Not printed: %s in %s".formatted(pattern, printed));
  }

  private static List<String> awaitRows(PostgresConfig postgres, String sql) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<String> rows = query(postgres, sql);
    while (rows.isEmpty() && System.nanoTime() < deadline) {
      Thread.sleep(100);
      rows = query(postgres, sql);
    }
    return rows;
  }

  private static List<String> query(PostgresConfig postgres, String sql) throws Exception {
    try (Connection connection =
            DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
        ResultSet rows = connection.createStatement().executeQuery(sql)) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    }
  }

  /** A car that stands before a gate. */
  private static byte[] picture() throws Exception {
    try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber("demo/gate-entry.mp4");
        OpenCVFrameConverter.ToMat converter = new OpenCVFrameConverter.ToMat();
        BytePointer encoded = new BytePointer()) {
      grabber.start();
      grabber.setVideoFrameNumber(37);
      opencv_imgcodecs.imencode(".jpg", converter.convert(grabber.grabImage()), encoded);
      byte[] bytes = new byte[Math.toIntExact(encoded.limit())];
      encoded.get(bytes);
      return bytes;
    }
  }
}
