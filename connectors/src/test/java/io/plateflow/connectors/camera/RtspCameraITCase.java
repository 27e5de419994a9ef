package io.plateflow.connectors.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plateflow.clients.camera.FrameSourceConfig;
import io.plateflow.clients.camera.capture.CameraClients;
import io.plateflow.clients.camera.testing.FreePort;
import io.plateflow.clients.camera.testing.ImageIoStillDecoder;
import io.plateflow.clients.camera.testing.RtspCamera;
import io.plateflow.clients.camera.testing.TestCameras;
import io.plateflow.connectors.camera.reader.FeedClock;
import io.plateflow.connectors.camera.testing.ReaderHarness;
import io.plateflow.schemas.camera.CameraDefinition;
import io.plateflow.schemas.camera.CameraStatus.State;
import io.plateflow.schemas.frame.Frame;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RtspCameraITCase {

  private static final FrameSourceConfig OPTIONS =
      TestCameras.options(
          "{connect-timeout: 4s, read-timeout: 1500ms, initial-backoff: 100ms, max-backoff:"
              + " 500ms}");

  @TempDir private Path folder;
  private RtspCamera server;
  private ReaderHarness reader;

  @BeforeEach
  void start() throws Exception {
    assumeTrue(RtspCamera.isInstalled(), RtspCamera.MISSING);
    server = new RtspCamera(folder, FreePort.find());
    server.start();
    reader =
        new ReaderHarness(
            OPTIONS, new CameraClients(OPTIONS, new ImageIoStillDecoder()), FeedClock.SYSTEM);
  }

  @AfterEach
  void stop() {
    if (reader != null) {
      reader.close();
      server.close();
    }
  }

  private CameraDefinition camera() {
    return TestCameras.camera("gate", server.uri());
  }

  @Test
  void showsWhatTheCameraSends() throws Exception {
    reader.add(camera());
    reader.awaitStatus("gate", State.CONNECTING);
    reader.awaitStatus("gate", State.UP);
    reader.awaitFrames("gate", 20);

    List<Frame> frames = reader.frames();
    assertThat(frames).extracting(Frame::sequence).isSorted().doesNotHaveDuplicates();
    assertThat(frames).extracting(Frame::capturedAt).isSorted().doesNotHaveDuplicates();
    assertThat(frames.get(0).pixels().width()).isEqualTo(320);
    assertThat(frames.get(0).still()).isFalse();
  }

  @Test
  void comesBackWhenTheServerDoes() throws Exception {
    reader.add(camera());
    reader.awaitFrames("gate", 3);

    server.kill();
    assertThat(reader.awaitStatus("gate", State.DOWN).reason()).isNotEmpty();
    server.start();
    assertThat(reader.awaitStatus("gate", State.UP).framesSoFar()).isGreaterThanOrEqualTo(3);
    reader.awaitFrames("gate", 3);

    assertThat(reader.frames()).extracting(Frame::sequence).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void aFrozenServerIsSeen() throws Exception {
    reader.add(camera());
    reader.awaitFrames("gate", 3);

    server.freeze();
    // Our watchdog and FFmpeg's own limit wait equally long; either may be first.
    assertThat(reader.awaitStatus("gate", State.DOWN).reason())
        .isIn("no answer within 1500 ms", "reading stopped: Connection timed out");
    server.thaw();
    reader.awaitStatus("gate", State.UP);
    reader.awaitFrames("gate", 3);
  }
}
