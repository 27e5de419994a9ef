package io.plateflow.connectors.camera;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.clients.camera.FrameSourceConfig;
import io.plateflow.clients.camera.capture.CameraClients;
import io.plateflow.clients.camera.testing.FreePort;
import io.plateflow.clients.camera.testing.ImageIoStillDecoder;
import io.plateflow.clients.camera.testing.MjpegServer;
import io.plateflow.clients.camera.testing.TestCameras;
import io.plateflow.clients.camera.testing.TestFilms;
import io.plateflow.connectors.camera.reader.FeedClock;
import io.plateflow.connectors.camera.testing.ReaderHarness;
import io.plateflow.schemas.camera.CameraStatus;
import io.plateflow.schemas.camera.CameraStatus.State;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LiveCamerasITCase {

  private static final FrameSourceConfig OPTIONS =
      TestCameras.options(
          "{connect-timeout: 3s, read-timeout: 1500ms, initial-backoff: 100ms, max-backoff:"
              + " 500ms}");

  @TempDir private Path folder;
  private ReaderHarness reader;

  @BeforeEach
  void start() {
    reader =
        new ReaderHarness(
            OPTIONS, new CameraClients(OPTIONS, new ImageIoStillDecoder()), FeedClock.SYSTEM);
  }

  @AfterEach
  void stop() {
    reader.close();
  }

  @Test
  void httpCamerasComeAndGoAndComeBack() throws Exception {
    int port = FreePort.find();
    try (MjpegServer server = new MjpegServer(port)) {
      reader.add(TestCameras.camera("web", server.uri()));
      reader.awaitStatus("web", State.UP);
      reader.awaitFrames("web", 5);
    }
    reader.awaitStatus("web", State.DOWN);
    try (MjpegServer server = new MjpegServer(port)) {
      reader.awaitStatus("web", State.UP);
      reader.awaitFrames("web", 5);
    }
  }

  @Test
  void badAddressesAreDownAndTheOthersGoOn() throws Exception {
    Path film = TestFilms.h264(folder.resolve("a.mp4"), 40, 320, 192);
    int refused = FreePort.find();
    try (ServerSocket garbage = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      sendGarbage(garbage);
      reader.add(
          TestCameras.camera("refused", "rtsp://user:s3cret@127.0.0.1:%d/x".formatted(refused)),
          TestCameras.camera("unknown", "rtsp://user:s3cret@nobody.invalid/x"),
          TestCameras.camera(
              "garbage-http",
              "http://user:s3cret@127.0.0.1:%d/x".formatted(garbage.getLocalPort())),
          TestCameras.camera(
              "garbage-rtsp",
              "rtsp://user:s3cret@127.0.0.1:%d/x".formatted(garbage.getLocalPort())),
          TestCameras.camera(
              "mute", "rtsp://user:s3cret@127.0.0.1:%d/x".formatted(mute.getLocalPort())),
          TestCameras.camera("unset", "rtsp://${PLATEFLOW_TEST_NOT_SET}@127.0.0.1/x"),
          TestCameras.camera("webcam", "webcam:97"),
          TestCameras.camera("missing", folder.resolve("missing.mp4").toString()),
          TestCameras.camera("film", film.toString()));

      CameraStatus ended = reader.awaitStatus("film", State.ENDED);
      assertThat(ended.framesSoFar()).isEqualTo(40);
      for (String id :
          new String[] {
            "refused",
            "unknown",
            "garbage-http",
            "garbage-rtsp",
            "mute",
            "unset",
            "webcam",
            "missing"
          }) {
        CameraStatus down =
            reader.statuses(id).stream()
                .filter(status -> status.state() == State.DOWN)
                .findFirst()
                .orElse(null);
        if (down == null) {
          down = reader.awaitStatus(id, State.DOWN);
        }
        assertThat(down.reason()).as(id).isNotBlank().doesNotContain("s3cret");
      }
    }
    assertThat(reason("refused")).isEqualTo("cannot open: Connection refused");
    assertThat(reason("unset")).isEqualTo("environment variable PLATEFLOW_TEST_NOT_SET is not set");
    // What webcams need may be missing on this machine, too.
    assertThat(reason("webcam"))
        .matches("cannot open: No such file or directory|webcams need .*: install .*");
    assertThat(reason("missing")).isEqualTo("cannot open: No such file or directory");
  }

  private String reason(String id) {
    return reader.statuses(id).stream()
        .filter(status -> status.state() == State.DOWN)
        .findFirst()
        .orElseThrow()
        .reason();
  }

  private static void sendGarbage(ServerSocket server) {
    Thread thread =
        new Thread(
            () -> {
              byte[] bytes = new byte[1 << 16];
              new Random(3).nextBytes(bytes);
              while (!server.isClosed()) {
                try (Socket client = server.accept();
                    OutputStream out = client.getOutputStream()) {
                  for (int n = 0; n < 16; n++) {
                    out.write(bytes);
                  }
                } catch (IOException e) {
                  // The client had enough of it, or the test is over.
                }
              }
            });
    thread.setDaemon(true);
    thread.start();
  }
}
