package io.plateflow.clients.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plateflow.clients.camera.testing.TestCameras;
import io.plateflow.clients.config.ConfigException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FrameSourceConfigTest {

  @Test
  void defaults() {
    assertThat(TestCameras.options("")).isEqualTo(FrameSourceConfig.DEFAULT);
  }

  @Test
  void mapsEveryKey() {
    assertThat(
            TestCameras.options(
                """
                finite: true
                realtime: true
                rtsp-transport: udp
                connect-timeout: 1s
                read-timeout: 2s
                initial-backoff: 3s
                max-backoff: 4s
                queue-size: 5
                picture-buffers: 6
                max-pixels: 7
                decoder-threads: 8
                catalog-poll-interval: 9s
                """))
        .isEqualTo(
            new FrameSourceConfig(
                true,
                true,
                RtspTransport.UDP,
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(3),
                Duration.ofSeconds(4),
                5,
                6,
                7,
                8,
                Duration.ofSeconds(9)));
  }

  @Test
  void rejectsWhatCannotBe() {
    ConfigException thrown =
        catchThrowableOfType(
            ConfigException.class,
            () ->
                TestCameras.options(
                    "{queue-size: 4, picture-buffers: 4, read-timeout: 1ms, rtsp-transport: tpc}"));
    assertThat(thrown.problems())
        .containsExactlyInAnyOrder(
            "picture-buffers: found 4, expected more than queue-size, which is 4",
            "rtsp-transport: found 'tpc', expected one of tcp, udp",
            "read-timeout: found '1ms', expected 100ms to 1h");
  }
}
