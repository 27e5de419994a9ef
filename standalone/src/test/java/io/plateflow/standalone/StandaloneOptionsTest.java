package io.plateflow.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plateflow.schemas.camera.CameraDefinition;
import io.plateflow.schemas.camera.GateType;
import io.plateflow.schemas.status.PlateListType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandaloneOptionsTest {

  @Test
  void withoutCamerasTheBundledClipPlaysAtItsSpeed() throws Exception {
    StandaloneOptions options =
        StandaloneOptions.resolve(Map.of(), null, false, null, 1, 2, 3, null, Path.of("demo"));
    List<CameraDefinition> cameras = options.job().cameras().load();
    assertThat(cameras).extracting(CameraDefinition::id).containsExactly("entry", "exit");
    assertThat(cameras)
        .extracting(CameraDefinition::gate)
        .containsExactly(GateType.ENTRY, GateType.EXIT);
    assertThat(options.demo()).isTrue();
    assertThat(options.accessList()).containsEntry("B1234XYZ", PlateListType.BLACKLIST);
    assertThat(options.job().source().realtime()).isTrue();
    assertThat(options.job().source().finite()).isFalse();
    assertThat(options.ownPostgres()).isTrue();
  }

  @Test
  void aPostgresThatTheFileNamesIsNotStarted(@TempDir Path folder) throws Exception {
    Path config =
        Files.writeString(
            folder.resolve("plateflow.yml"),
            """
            cameras: [{id: yard, uri: "rtsp://127.0.0.1/yard"}]
            postgres: {url: "jdbc:postgresql://127.0.0.1:5432/plateflow"}
            """);
    StandaloneOptions options =
        StandaloneOptions.resolve(Map.of(), config, false, null, 1, 2, 3, null, Path.of("demo"));
    assertThat(options.ownPostgres()).isFalse();
  }

  @Test
  void givenCamerasReplaceTheClipAndOnceMakesTheRunFinite() throws Exception {
    StandaloneOptions options =
        StandaloneOptions.resolve(
            Map.of("yard", "rtsp://user:secret@127.0.0.1/yard"),
            null,
            true,
            null,
            1,
            2,
            3,
            null,
            Path.of("demo"));
    CameraDefinition camera = options.job().cameras().load().get(0);
    assertThat(camera.id()).isEqualTo("yard");
    assertThat(camera.toString()).doesNotContain("secret");
    assertThat(options.demo()).isFalse();
    assertThat(options.accessList()).isEmpty();
    assertThat(options.job().source().finite()).isTrue();
    assertThat(options.job().source().realtime()).isFalse();
  }

  @Test
  void aCameraNameThatIsNoneIsRefused() {
    assertThatThrownBy(
            () ->
                StandaloneOptions.resolve(
                    Map.of("no spaces", "clip.mp4"),
                    null,
                    true,
                    null,
                    1,
                    2,
                    3,
                    null,
                    Path.of("demo")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no spaces");
  }

  @Test
  void theCommandLineDecidesOnTheHttpService() throws Exception {
    StandaloneOptions options =
        StandaloneOptions.resolve(Map.of(), null, false, null, 1, 2, 3, null, Path.of("demo"));

    assertThat(options.servesHttp()).isTrue();
    assertThat(options.withHttp(null, false).job().http().port()).isEqualTo(8080);
    assertThat(options.withHttp("0", true).job().http().port()).isZero();
    assertThat(options.withHttp("0", true).job().http().open()).isTrue();
    assertThat(options.withHttp("off", false).servesHttp()).isFalse();
    for (String wrong : List.of("65536", "-1", "on", "")) {
      assertThatThrownBy(() -> options.withHttp(wrong, false))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'%s'".formatted(wrong))
          .hasMessageContaining("0..65535 or off");
    }
  }

  @Test
  void aRunThatEndsByItselfServesNoHttp() throws Exception {
    assertThat(
            StandaloneOptions.resolve(Map.of(), null, true, null, 1, 2, 3, null, Path.of("demo"))
                .servesHttp())
        .isFalse();
  }
}
