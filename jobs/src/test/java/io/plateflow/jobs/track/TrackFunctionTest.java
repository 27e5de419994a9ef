package io.plateflow.jobs.track;

import static io.plateflow.jobs.TestFrames.carWithPlate;
import static io.plateflow.jobs.TestFrames.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.connectors.camera.CameraStatus;
import io.plateflow.jobs.TestFrames;
import io.plateflow.jobs.detect.DetectedFrame;
import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.frame.Frame;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrackFunctionTest {

  /** Static, since the harness copies the function. */
  private static final AtomicReference<RecordedEvidence> EVIDENCE = new AtomicReference<>();

  private final AtomicInteger released = new AtomicInteger();

  @Test
  void endsWithTheCameraAndLeavesNeitherStateNorTimers() throws Exception {
    try (var harness = harness()) {
      harness.open();
      feed(harness, 0, 10);
      assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
      harness.processElement(
          new StreamRecord<>(
              DetectedFrame.of(
                  new CameraStatus("cam-1", CameraStatus.State.ENDED, "", TestFrames.START, 10))));
      assertThat(harness.extractOutputValues()).filteredOn(PassUpdate::finished).hasSize(1);
      assertThat(harness.numKeyedStateEntries()).isZero();
      assertThat(harness.numEventTimeTimers()).isZero();
      assertThat(released).hasValue(10);
    }
  }

  @Test
  void endsWithTheInput() throws Exception {
    try (var harness = harness()) {
      harness.open();
      feed(harness, 0, 10);
      harness.processWatermark(Watermark.MAX_WATERMARK);
      assertThat(harness.extractOutputValues()).filteredOn(PassUpdate::finished).hasSize(1);
      assertThat(harness.numKeyedStateEntries()).isZero();
    }
  }

  @Test
  void goesOnAfterARestoreAsIfNothingHadHappened() throws Exception {
    OperatorSubtaskState snapshot;
    try (var harness = harness()) {
      harness.open();
      feed(harness, 0, 10);
      snapshot = harness.snapshot(1, 1);
    }
    try (var harness = harness()) {
      harness.initializeState(snapshot);
      harness.open();
      feed(harness, 10, 20);
      harness.processWatermark(Watermark.MAX_WATERMARK);
      assertThat(harness.extractOutputValues())
          .filteredOn(PassUpdate::finished)
          .singleElement()
          .satisfies(update -> assertThat(update.pass().frames()).isEqualTo(20));
    }
  }

  @Test
  void aCheckpointStandsForPicturesThatAreWritten() throws Exception {
    try (var harness = harness()) {
      harness.open();
      feed(harness, 0, 1);
      assertThat(EVIDENCE.get().published).isEmpty();
      harness.snapshot(1, 1);
      assertThat(EVIDENCE.get().flushes).isEqualTo(1);
    }
    assertThat(EVIDENCE.get().closed).isTrue();
  }

  @BeforeEach
  void emptyEvidence() {
    EVIDENCE.set(new RecordedEvidence());
  }

  private void feed(
      KeyedOneInputStreamOperatorTestHarness<String, DetectedFrame, PassUpdate> harness,
      int from,
      int to)
      throws Exception {
    for (int i = from; i < to; i++) {
      harness.processElement(
          new StreamRecord<>(
              DetectedFrame.of(
                  frame("cam-1", i, false, released), TestFrames.found(carWithPlate(i)))));
    }
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, DetectedFrame, PassUpdate> harness()
      throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new KeyedProcessOperator<>(
            new TrackFunction(
                TrackingConfig.DEFAULT, FixedReading::new, metrics -> EVIDENCE.get())),
        DetectedFrame::cameraId,
        Types.STRING);
  }

  /** Reads the same text everywhere. */
  static final class FixedReading implements PlateReading {
    @Override
    public Result read(Frame frame, Detection plate) {
      return new Result(TestFrames.read("B1234XYZ", 0.9), TestFrames.attributes("B 1234 XYZ"));
    }

    @Override
    public void close() {}
  }
}
