package io.plateflow.connectors.camera.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.clients.camera.capture.CameraClient;
import io.plateflow.clients.camera.capture.CameraClientFactory;
import io.plateflow.clients.camera.testing.FakeCamera;
import io.plateflow.clients.camera.testing.TestCameras;
import io.plateflow.connectors.camera.CameraFrame;
import io.plateflow.connectors.camera.CameraRecord;
import io.plateflow.connectors.camera.CameraRejection;
import io.plateflow.connectors.camera.CameraStateChange;
import io.plateflow.connectors.camera.enumerator.CameraChanged;
import io.plateflow.connectors.camera.enumerator.CameraEnded;
import io.plateflow.connectors.camera.enumerator.CameraRemoved;
import io.plateflow.connectors.camera.split.CameraSplit;
import io.plateflow.connectors.camera.testing.FakeClock;
import io.plateflow.connectors.camera.testing.ReaderHarness;
import io.plateflow.schemas.camera.CameraDefinition;
import io.plateflow.schemas.camera.CameraStatus;
import io.plateflow.schemas.camera.CameraStatus.State;
import io.plateflow.schemas.frame.Frame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.connector.testutils.source.reader.TestingReaderOutput;
import org.apache.flink.core.io.InputStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CameraReaderTest {

  private static final CameraDefinition FILM = TestCameras.camera("film", "film.mp4");
  private static final CameraDefinition LIVE = TestCameras.camera("live", "rtsp://127.0.0.1/x");

  private final Map<String, FakeCamera> cameras = new HashMap<>();
  private final ReaderHarness reader =
      new ReaderHarness(TestCameras.options(""), new Cameras(cameras), new FakeClock());

  private static final class Cameras implements CameraClientFactory {

    private static final long serialVersionUID = 1L;
    private final transient Map<String, FakeCamera> cameras;

    private Cameras(Map<String, FakeCamera> cameras) {
      this.cameras = cameras;
    }

    @Override
    public CameraClient create(CameraDefinition camera) {
      return cameras.get(camera.id()).create(camera);
    }
  }

  @AfterEach
  void close() {
    reader.close();
  }

  @Test
  void offsetsFollowWhatWasEmittedNotWhatWasDecoded() throws Exception {
    camera("film").film(10);
    reader.add(FILM);
    reader.awaitFrames("film", 4);

    CameraSplit snapshot = reader.reader().snapshotState(1).get(0);

    assertThat(snapshot.position().nextSequence()).isEqualTo(4);
    assertThat(snapshot.position().lastTimestampMicros()).isEqualTo(120_000);
    assertThat(snapshot.position().frames()).isEqualTo(4);
    assertThat(snapshot.position().ended()).isFalse();
  }

  @Test
  void aThinnedFilmGoesOnBehindADamagedPictureAsItBegan() throws Exception {
    CameraDefinition thinned = TestCameras.camera("film", "film.mp4", TestCameras.RECORDED_AT, 10);
    List<String> whole = new ArrayList<>();
    List<CameraSplit> after = new ArrayList<>();
    camera("film").film(30, 14).end();
    reader.add(thinned);
    do {
      CameraRecord record = reader.await(r -> true);
      if (!(record instanceof CameraStateChange)) {
        whole.add(describe(record));
        after.add(reader.reader().snapshotState(1).get(0));
      }
    } while (!reader.reader().snapshotState(1).get(0).position().ended());
    assertThat(whole).contains("rejected 14").hasSizeBetween(12, 13);

    for (int n = 0; n < whole.size(); n++) {
      cameras.put("film", new FakeCamera().film(30, 14).end());
      try (ReaderHarness again =
          new ReaderHarness(TestCameras.options(""), new Cameras(cameras), new FakeClock())) {
        again.add(after.get(n));
        again.awaitStatus("film", State.ENDED);
        assertThat(
                again.records().stream()
                    .filter(r -> !(r instanceof CameraStateChange))
                    .map(CameraReaderTest::describe))
            .isEqualTo(whole.subList(n + 1, whole.size()));
      }
    }
  }

  private static String describe(CameraRecord record) {
    return record instanceof CameraFrame taken
        ? "frame %d".formatted(taken.frame().sequence())
        : "rejected %d".formatted(((CameraRejection) record).rejected().position());
  }

  @Test
  void anEndedFilmIsToldToTheEnumeratorAndKept() throws Exception {
    camera("film").film(2).end();
    reader.add(FILM);
    assertThat(reader.awaitStatus("film", State.ENDED).framesSoFar()).isEqualTo(2);

    assertThat(reader.sentEvents()).containsExactly(new CameraEnded("film"));
    assertThat(reader.reader().snapshotState(1).get(0).position().ended()).isTrue();
  }

  @Test
  void anEndedFilmIsToldAgainAfterARecoveryAndNotReadAgain() throws Exception {
    reader.add(new CameraSplit(FILM, TestCameras.behind(6, 240_000, null).asEnded()));

    CameraStatus status = reader.awaitStatus("film", State.ENDED);

    assertThat(status.framesSoFar()).isEqualTo(7);
    assertThat(camera("film").openings()).isZero();
  }

  @Test
  void endsWhenNothingMoreComesAndAllHaveEnded() throws Exception {
    camera("film").film(1).end();
    reader.add(FILM);
    reader.reader().notifyNoMoreSplits();
    reader.awaitStatus("film", State.ENDED);

    assertThat(reader.reader().isAvailable()).isDone();
    assertThat(reader.reader().pollNext(new TestingReaderOutput<>()))
        .isEqualTo(InputStatus.END_OF_INPUT);
  }

  @Test
  void goesOnWithoutCamerasInAnUnboundedRun() throws Exception {
    assertThat(reader.reader().pollNext(new TestingReaderOutput<>()))
        .isEqualTo(InputStatus.NOTHING_AVAILABLE);
    CompletableFuture<Void> available = reader.reader().isAvailable();
    assertThat(available).isNotDone();

    camera("live").live(1);
    reader.add(LIVE);
    available.get();
    reader.awaitFrames("live", 1);
  }

  @Test
  void aRemovedCameraIsClosedAndSaysSo() throws Exception {
    camera("live").live(1);
    reader.add(LIVE);
    reader.awaitFrames("live", 1);

    reader.send(new CameraRemoved("live"));

    CameraStatus status = reader.awaitStatus("live", State.ENDED);
    assertThat(status.reason()).isEqualTo("left the catalogue");
    assertThat(status.framesSoFar()).isEqualTo(1);
    assertThat(reader.reader().snapshotState(1)).isEmpty();
  }

  @Test
  void aNewPlaceHoldsFromTheNextFrameOnWithoutReopening() throws Exception {
    camera("live").live(1);
    reader.add(LIVE);
    reader.awaitFrames("live", 1);

    reader.send(new CameraChanged(LIVE.withLocation("elsewhere")));
    camera("live").live(1);

    Frame next = ((CameraFrame) reader.await(CameraFrame.class::isInstance)).frame();
    assertThat(next.camera().location()).isEqualTo("elsewhere");
    assertThat(next.sequence()).isEqualTo(1);
    assertThat(camera("live").openings()).isEqualTo(1);
    assertThat(reader.reader().snapshotState(1).get(0).camera().location()).isEqualTo("elsewhere");
  }

  @Test
  void anotherAddressIsOpenedAnew() throws Exception {
    camera("live").live(1);
    reader.add(LIVE);
    reader.awaitFrames("live", 1);

    reader.send(new CameraChanged(TestCameras.camera("live", "rtsp://127.0.0.1/other")));
    camera("live").live(1);

    reader.awaitFrames("live", 1);
    assertThat(camera("live").openings()).isEqualTo(2);
  }

  @Test
  void pausedCamerasWait() throws Exception {
    camera("film").film(3).end();
    camera("live").live(1);
    reader.add(FILM, LIVE);
    reader.reader().pauseOrResumeSplits(List.of("film"), List.of());
    reader.awaitFrames("live", 1);
    assertThat(reader.records()).noneMatch(record -> record.cameraId().equals("film"));

    reader.reader().pauseOrResumeSplits(List.of(), List.of("film"));
    reader.awaitStatus("film", State.ENDED);
  }

  private FakeCamera camera(String id) {
    return cameras.computeIfAbsent(id, key -> new FakeCamera());
  }
}
