package io.plateflow.clients.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plateflow.clients.config.ConfigException;
import io.plateflow.schemas.camera.CameraDefinition;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.camera.Rotation;
import io.plateflow.schemas.geometry.Area;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlCameraCatalogITCase {

  @TempDir private Path folder;

  @Test
  void defaults() throws Exception {
    assertThat(load("cameras: [{id: a, uri: 'webcam:0'}]"))
        .containsExactly(
            new CameraDefinition(
                "a",
                "webcam:0",
                "a",
                GateType.PASSAGE,
                List.of(),
                0,
                ZoneOffset.UTC,
                true,
                null,
                List.of()));
  }

  @Test
  void mapsEveryKey() throws Exception {
    CameraDefinition camera =
        load("""
        cameras:
          - id: north-1
            uri: films/entry.mp4
            location: North gate
            gate: exit
            areas: [[[0, 0], [1, 0], [0.5, 1]]]
            max-frame-rate: 12.5
            timezone: Asia/Jakarta
            enabled: false
            recorded-at: 2026-03-01T08:00:00+07:00
            regions: [id, no]
            site: airport
            retention: 30d
            ignore-areas: [[[0.5, 0], [1, 0], [1, 0.25]]]
            rotate: 270
            permit-only: true
        """)
            .get(0);

    assertThat(camera)
        .isEqualTo(
            new CameraDefinition(
                "north-1",
                folder.resolve("films/entry.mp4").toString(),
                "North gate",
                GateType.EXIT,
                List.of(
                    new Area(
                        List.of(
                            new Area.Point(0, 0), new Area.Point(1, 0), new Area.Point(0.5, 1)))),
                12.5,
                ZoneId.of("Asia/Jakarta"),
                false,
                Instant.parse("2026-03-01T01:00:00Z"),
                List.of("id", "no"),
                "airport",
                Duration.ofDays(30),
                List.of(
                    new Area(
                        List.of(
                            new Area.Point(0.5, 0),
                            new Area.Point(1, 0),
                            new Area.Point(1, 0.25)))),
                Rotation.THREE_QUARTERS,
                true));
  }

  @Test
  void credentialsStayInTheEnvironment() throws Exception {
    CameraDefinition camera =
        load("cameras: [{id: a, uri: 'rtsp://${CAM_USER}:${CAM_PASSWORD}@10.0.0.4/x'}]").get(0);
    assertThat(camera.uri()).isEqualTo("rtsp://${CAM_USER}:${CAM_PASSWORD}@10.0.0.4/x");
    assertThat(camera).hasToString(camera.toString()).asString().doesNotContain("CAM_PASSWORD");
  }

  @Test
  void rejectsEverythingAtOnce() throws Exception {
    ConfigException thrown =
        catchThrowableOfType(
            ConfigException.class,
            () ->
                load(
                    """
                    cameras:
                      - {id: a, uri: 'webcam:zero'}
                      - {id: b, uri: 'ftp://x/y', gate: in}
                      - {id: b, uri: 'rtsp://x/y', areas: [[[0, 2], [1, 0], [1, 1]]]}
                      - {id: c, uri: 'rtsp://x/y', timezone: Jakarta, regions: [xx], fps: 5}
                      - {id: b, uri: 'rtsp://u:s3cret@x/y', max-frame-rate: -1, recorded-at: today}
                      - {id: d}
                      - {id: 'a b', uri: 'rtsp://x/y'}
                      - {id: e, uri: 'rtsp://x/y', rotate: 45, permit-only: true}
                      - {id: f, uri: 'rtsp://x/y', ignore-areas: [[[0, 0], [1, 1]]]}
                    """));
    assertThat(thrown.problems())
        .containsExactlyInAnyOrder(
            "cameras[0].uri: camera a: found uri webcam:zero, expected webcam:N with a number",
            "cameras[1].gate: found 'in', expected one of entry, exit, passage",
            "cameras[1].uri: camera b: found uri ftp://x/y, expected rtsp(s)://, http(s)://,"
                + " rtmp(s)://, srt://, udp://, tcp://, rtp://, webcam:N, a video file or a folder",
            "cameras[2].areas[0]: Area corner outside the frame: found (0.0, 2.0), expected 0..1",
            "cameras[3].timezone: found 'Jakarta', expected a timezone such as Asia/Jakarta",
            "cameras[3].regions: found 'xx', expected ISO 3166 country codes",
            "cameras[3].fps: unknown key",
            "cameras[4].max-frame-rate: found -1, expected 0 to 1000",
            "cameras[4].recorded-at: found 'today', expected a time such as"
                + " 2026-03-01T08:00:00+07:00",
            "cameras[5].uri: is missing",
            "cameras[6].id: found 'a b', expected 1 to 100 letters, digits, '.', '_' or '-'",
            "cameras[7].rotate: found '45', expected one of 0, 90, 180, 270",
            "cameras[7].permit-only: found true at a passage, expected a gate of entry or exit",
            "cameras[8].ignore-areas[0]: Area with too few corners: found 2, expected at least 3",
            "cameras: id b stands more than once");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> new YamlCameraCatalog(folder.resolve("gone.yml")).load())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("gone.yml: cannot be read (NoSuchFileException)");
  }

  private List<CameraDefinition> load(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("cameras.yml"), yaml);
    return new YamlCameraCatalog(file).load();
  }
}
