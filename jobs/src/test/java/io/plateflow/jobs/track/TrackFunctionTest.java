package io.plateflow.jobs.track;

import static io.plateflow.jobs.TestFrames.carWithPlate;
import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.jobs.StateFile;
import io.plateflow.jobs.TestFrames;
import io.plateflow.jobs.detect.DetectedFrame;
import io.plateflow.jobs.detect.DetectorRecord;
import io.plateflow.jobs.detect.DetectorStateChange;
import io.plateflow.jobs.evidence.RecordedEvidence;
import io.plateflow.jobs.pass.LadderConfig;
import io.plateflow.jobs.pass.PassUpdate;
import io.plateflow.jobs.reading.PlateReading;
import io.plateflow.models.recognition.RecognizedPlate;
import io.plateflow.schemas.camera.CameraDefinition;
import io.plateflow.schemas.camera.CameraStatus;
import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.frame.Frame;
import java.time.Instant;
import java.util.List;
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
  void goesOnFromTheStateOfARelease() throws Exception {
    OperatorSubtaskState kept =
        StateFile.kept(
            "track-v0.bin",
            () -> {
              try (var harness = harness()) {
                harness.open();
                feed(harness, 0, 10);
                return harness.snapshot(1, 1);
              }
            });
    try (var harness = harness()) {
      harness.initializeState(kept);
      harness.open();
      feed(harness, 10, 20);
      harness.processWatermark(Watermark.MAX_WATERMARK);
      assertThat(harness.extractOutputValues())
          .filteredOn(PassUpdate::ended)
          .singleElement()
          .satisfies(
              update -> {
                assertThat(update.pass().passId()).isEqualTo("cam-1-20260301T080000.000-0");
                assertThat(update.pass().seen().frames()).isEqualTo(20);
                assertThat(update.pass().plate().text()).isEqualTo("B1234XYZ");
                assertThat(update.pass().evidence().framePath()).isEqualTo("frame-0");
              });
    }
  }

  /** Written when gates could be permit-only and every look at a plate was kept. */
  @Test
  void looksAreThereFromTheStateOfARelease() throws Exception {
    CameraDefinition gate = TestFrames.camera("cam-1").withPermitOnly(true);
    OperatorSubtaskState kept =
        StateFile.kept(
            "track-v1.bin",
            () -> {
              try (var harness = harness()) {
                harness.open();
                feed(harness, gate, 0, 10);
                return harness.snapshot(1, 1);
              }
            });
    try (var harness = harness()) {
      harness.initializeState(kept);
      harness.open();
      harness.processWatermark(Watermark.MAX_WATERMARK);
      assertThat(harness.extractOutputValues())
          .filteredOn(PassUpdate::ended)
          .singleElement()
          .satisfies(
              update -> {
                assertThat(update.pass().seen().frames()).isEqualTo(10);
                assertThat(update.pass().place().permitOnly()).isTrue();
                assertThat(update.pass().plate().looks())
                    .extracting(look -> look.read().text())
                    .isNotEmpty()
                    .containsOnly("B1234XYZ");
              });
    }
  }

  @Test
  void endsWithTheCameraAndLeavesNeitherStateNorTimers() throws Exception {
    try (var harness = harness()) {
      harness.open();
      feed(harness, 0, 10);
      assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
      harness.processElement(status(CameraStatus.State.ENDED));
      assertThat(harness.extractOutputValues()).filteredOn(PassUpdate::ended).hasSize(1);
      assertThat(harness.numKeyedStateEntries()).isZero();
      assertThat(harness.numEventTimeTimers()).isZero();
      assertThat(released).hasValue(10);
    }
  }

  @Test
  void aLiveCameraThatIsLostEndsItsPassesAndAFilmThatIsSlowDoesNot() throws Exception {
    CameraDefinition film =
        TestFrames.camera("cam-1", "film.mp4", Instant.parse("2026-03-01T00:00:00Z"));
    for (CameraDefinition camera : List.of(TestFrames.camera("cam-1"), film)) {
      try (var harness = harness()) {
        harness.open();
        feed(harness, camera, 0, 10);
        harness.processElement(status(CameraStatus.State.DOWN));
        feed(harness, camera, 10, 20);
        harness.processElement(status(CameraStatus.State.ENDED));
        assertThat(harness.extractOutputValues())
            .filteredOn(PassUpdate::ended)
            .extracting(update -> update.pass().seen().frames())
            .containsExactlyElementsOf(camera == film ? List.of(20) : List.of(10, 10));
        assertThat(harness.numEventTimeTimers()).isZero();
      }
    }
  }

  private static StreamRecord<DetectorRecord> status(CameraStatus.State state) {
    return new StreamRecord<>(
        new DetectorStateChange(new CameraStatus("cam-1", state, "", TestFrames.START, 10)));
  }

  @Test
  void endsWithTheInput() throws Exception {
    try (var harness = harness()) {
      harness.open();
      feed(harness, 0, 10);
      harness.processWatermark(Watermark.MAX_WATERMARK);
      assertThat(harness.extractOutputValues()).filteredOn(PassUpdate::ended).hasSize(1);
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
          .filteredOn(PassUpdate::ended)
          .singleElement()
          .satisfies(update -> assertThat(update.pass().seen().frames()).isEqualTo(20));
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
      KeyedOneInputStreamOperatorTestHarness<String, DetectorRecord, PassUpdate> harness,
      int from,
      int to)
      throws Exception {
    feed(harness, TestFrames.camera("cam-1"), from, to);
  }

  private void feed(
      KeyedOneInputStreamOperatorTestHarness<String, DetectorRecord, PassUpdate> harness,
      CameraDefinition camera,
      int from,
      int to)
      throws Exception {
    for (int i = from; i < to; i++) {
      harness.processElement(
          new StreamRecord<>(
              new DetectedFrame(
                  TestFrames.frame(camera, i, false, released),
                  TestFrames.found(carWithPlate(i)))));
    }
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, DetectorRecord, PassUpdate>
      harness() throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new KeyedProcessOperator<>(
            new TrackFunction(
                PassConfig.DEFAULT,
                LadderConfig.LOCAL,
                FixedReading::new,
                metrics -> EVIDENCE.get())),
        DetectorRecord::cameraId,
        Types.STRING);
  }

  /** Reads the same text everywhere. */
  static final class FixedReading implements PlateReading {
    @Override
    public RecognizedPlate read(Frame frame, Detection plate) {
      return new RecognizedPlate(
          TestFrames.read("B1234XYZ", 0.9), TestFrames.attributes("B 1234 XYZ"));
    }

    @Override
    public void close() {}
  }
}
