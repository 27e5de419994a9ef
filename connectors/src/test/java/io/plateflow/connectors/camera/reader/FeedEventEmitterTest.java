package io.plateflow.connectors.camera.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.clients.camera.testing.TestCameras;
import io.plateflow.connectors.camera.CameraFrame;
import io.plateflow.connectors.camera.CameraRecord;
import io.plateflow.connectors.camera.CameraRejection;
import io.plateflow.connectors.camera.split.CameraSplit;
import io.plateflow.connectors.camera.split.CameraSplitState;
import io.plateflow.connectors.camera.testing.FakeClock;
import io.plateflow.schemas.camera.CameraDefinition;
import io.plateflow.schemas.frame.Frame;
import io.plateflow.schemas.frame.Pixels;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.connector.testutils.source.reader.TestingReaderOutput;
import org.junit.jupiter.api.Test;

class FeedEventEmitterTest {

  private static final CameraDefinition FILM = TestCameras.camera("film", "film.mp4");

  private final FakeClock clock = new FakeClock();
  private final FeedEventEmitter emitter = new FeedEventEmitter(clock);
  private final CameraSplitState split = new CameraSplitState(CameraSplit.fresh(FILM));
  private final CameraMetrics metrics = new CameraMetrics(new CountedMetrics(), "film");
  private final TestingReaderOutput<CameraRecord> output = new TestingReaderOutput<>();
  private final AtomicInteger released = new AtomicInteger();

  @Test
  void whatTwoThreadsOfACameraCameToIsHandedOnOnce() {
    emit(picture(0));
    emit(picture(1));
    emit(rejection(2));
    emit(picture(1));
    emit(rejection(2));
    emit(picture(3));

    assertThat(output.getEmittedRecords())
        .extracting(
            r ->
                r instanceof CameraFrame taken
                    ? taken.frame().sequence()
                    : ((CameraRejection) r).rejected().position())
        .containsExactly(0L, 1L, 2L, 3L);
    assertThat(released).hasValue(1);
    assertThat(split.position().frames()).isEqualTo(3);
    assertThat(split.position().rejected()).isEqualTo(1);
  }

  private void emit(FeedEvent event) {
    emitter.emit(event, split, metrics, output);
  }

  private FeedEvent picture(long sequence) {
    Pixels pixels = new Pixels(ByteBuffer.allocateDirect(3), 1, 1, released::incrementAndGet);
    Frame frame = new Frame(FILM, sequence, TestCameras.RECORDED_AT, clock.now(), null, pixels);
    return new FeedEvent.Picture(frame, 40_000 * sequence, null, Long.MIN_VALUE);
  }

  private FeedEvent rejection(long sequence) {
    return new FeedEvent.Rejection(
        sequence, sequence + 1, null, Long.MIN_VALUE, "frame", "found damage", clock.now());
  }
}
