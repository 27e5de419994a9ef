package io.plateflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.clients.camera.CameraPosition;
import io.plateflow.clients.camera.FrameSourceConfig;
import io.plateflow.clients.camera.capture.CameraClient;
import io.plateflow.clients.camera.capture.CameraClients;
import io.plateflow.clients.camera.capture.GrabbedFrame;
import io.plateflow.clients.camera.capture.PixelPool;
import io.plateflow.clients.camera.testing.FilmCopy;
import io.plateflow.clients.camera.testing.FilmRecorder;
import io.plateflow.clients.embedded.EmbeddedPostgresServer;
import io.plateflow.clients.postgres.PostgresConfig;
import io.plateflow.jobs.config.JobConfig;
import io.plateflow.models.image.ImageDecoder;
import io.plateflow.schemas.camera.CameraDefinition;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.camera.Rotation;
import io.plateflow.schemas.frame.Pixels;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bundled clip under a mask over its sign, and as a camera that hangs sideways sees it. */
class WhereNotToLookITCase {

  private static final Path CLIP = Path.of("demo/gate-entry.mp4").toAbsolutePath();
  private static final Duration LENGTH = Duration.ofSeconds(11);
  private static final int RATE = 10;

  @TempDir Path folder;

  @Test
  void theSamePassesUnderAMaskAndTurned() throws Exception {
    Path clip = FilmCopy.joined(List.of(CLIP), LENGTH, folder.resolve("clip.mp4"));
    Path sideways = turned(clip, folder.resolve("sideways.mp4"));
    run(
        """
        cameras:
          - {id: plain, uri: %1$s, max-frame-rate: 3, recorded-at: "2026-08-17T07:00:00+07:00"}
          - id: masked
            uri: %1$s
            max-frame-rate: 3
            recorded-at: "2026-08-17T07:00:00+07:00"
            ignore-areas:
              - [[0.77, 0.29], [0.97, 0.29], [0.97, 0.4], [0.77, 0.4]]
              - [[0.84, 0.94], [0.95, 0.94], [0.95, 1], [0.84, 1]]
          - id: sideways
            uri: %2$s
            max-frame-rate: 3
            recorded-at: "2026-08-17T07:00:00+07:00"
            rotate: 270
        evidence: {frames: false}
        """
            .formatted(clip, sideways));

    List<String> plain = passes("plain");
    assertThat(plain).hasSizeGreaterThan(1).anyMatch(row -> row.startsWith("B1876KJR|car"));
    assertThat(passes("masked")).isEqualTo(plain);
    assertThat(passes("sideways")).isEqualTo(plain);
  }

  /** The film as a camera records it that was turned to the left by a quarter. */
  private static Path turned(Path film, Path target) throws Exception {
    CameraDefinition camera =
        new CameraDefinition(
            "clip",
            film.toString(),
            "clip",
            GateType.PASSAGE,
            List.of(),
            0,
            ZoneOffset.UTC,
            true,
            Instant.EPOCH,
            List.of());
    PixelPool pool = new PixelPool("clip", 2);
    try (CameraClient client =
            new CameraClients(FrameSourceConfig.DEFAULT, new ImageDecoder()).create(camera);
        FilmRecorder recorder =
            new FilmRecorder(
                target, FilmRecorder.Format.h264("mp4", RATE, 12_000_000, RATE), 720, 1280)) {
      client.open(CameraPosition.START);
      for (GrabbedFrame grab = client.next(); grab != null; grab = client.next()) {
        Pixels pixels = grab.loader().load(pool, Rotation.QUARTER);
        recorder.record(pixels);
        pixels.release();
      }
      recorder.finish();
    }
    return target;
  }

  private void run(String yaml) throws Exception {
    JobConfig job = JobConfig.read(Files.writeString(folder.resolve("plateflow.yml"), yaml));
    StandaloneOptions options =
        new StandaloneOptions(
            job.withSource(job.source().withFinite(true)),
            false,
            Map.of(),
            true,
            folder.resolve("data"),
            0,
            0,
            0,
            null);
    PrintStream out =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    try (Standalone standalone = new Standalone(options, new Console(out, options.zones()))) {
      assertThat(standalone.run()).isZero();
    }
  }

  /** Plate, class, direction and size of the picture, in the order of time. */
  private List<String> passes(String camera) throws Exception {
    try (EmbeddedPostgresServer server =
        EmbeddedPostgresServer.start(0, folder.resolve("data/postgres"))) {
      PostgresConfig place = server.config();
      try (Connection connection =
              DriverManager.getConnection(place.jdbcUrl(), place.user(), place.password());
          ResultSet rows =
              connection
                  .createStatement()
                  .executeQuery(
                      """
                      SELECT concat_ws('|', f.plate_text, f.vehicle_class, s.direction,
                                       s.image_resolution)
                        FROM passes_flat f JOIN detection_sessions s ON s.id = f.session_id
                       WHERE f.camera_id = '%s' ORDER BY f.first_seen, f.timestamp
                      """
                          .formatted(camera))) {
        List<String> found = new ArrayList<>();
        while (rows.next()) {
          found.add(rows.getString(1));
        }
        return found;
      }
    }
  }
}
