package io.plateflow.jobs.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.plateflow.connectors.camera.CameraFrame;
import io.plateflow.connectors.camera.CameraRecord;
import io.plateflow.connectors.camera.CameraStateChange;
import io.plateflow.jobs.TestFrames;
import io.plateflow.jobs.pass.SideOutputs;
import io.plateflow.models.engine.FrameDetections;
import io.plateflow.models.motion.MotionConfig;
import io.plateflow.schemas.camera.CameraStatus;
import io.plateflow.schemas.frame.Frame;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class DetectOperatorTest {

  private static final int FRAMES = 60;

  private final AtomicInteger released = new AtomicInteger();

  @Test
  void looksAtTheSameFramesWhereverItWasRestored() throws Exception {
    List<Long> undisturbed;
    try (var harness = harness()) {
      harness.open();
      feed(harness, 0, FRAMES);
      undisturbed = lookedAt(harness);
    }
    assertThat(undisturbed).hasSizeBetween(FRAMES / 10, FRAMES / 2);

    for (int cut = 0; cut <= FRAMES; cut += 5) {
      List<Long> seen;
      OperatorSubtaskState snapshot;
      try (var harness = harness()) {
        harness.open();
        feed(harness, 0, cut);
        snapshot = harness.snapshot(1, 1);
        seen = lookedAt(harness);
      }
      try (var harness = harness()) {
        harness.initializeState(snapshot);
        harness.open();
        feed(harness, cut, FRAMES);
        seen.addAll(lookedAt(harness));
      }
      assertThat(seen).as("restored before frame %d", cut).isEqualTo(undisturbed);
    }
  }

  @Test
  void countsTheFramesOfACameraAcrossARestore() throws Exception {
    OperatorSubtaskState snapshot;
    try (var harness = harness()) {
      harness.open();
      feed(harness, 0, 15);
      snapshot = harness.snapshot(1, 1);
    }
    try (var harness = harness()) {
      harness.initializeState(snapshot);
      harness.open();
      feed(harness, 15, 16);
      assertThat(harness.getSideOutput(SideOutputs.CAMERAS))
          .extracting(record -> record.getValue().framesSoFar())
          .containsExactly(16L);
    }
  }

  @Test
  void leavesNothingOfACameraThatHasEnded() throws Exception {
    try (var harness = harness()) {
      harness.open();
      feed(harness, 0, 15);
      assertThat(harness.numKeyedStateEntries()).isEqualTo(2);
      harness.processElement(
          new StreamRecord<>(
              new CameraStateChange(
                  new CameraStatus("cam-1", CameraStatus.State.ENDED, "", TestFrames.START, 15))));
      assertThat(harness.numKeyedStateEntries()).isZero();
      assertThat(released.get() + lookedAt(harness).size()).isEqualTo(15);
    }
  }

  private void feed(
      KeyedOneInputStreamOperatorTestHarness<String, CameraRecord, DetectorRecord> harness,
      int from,
      int to)
      throws Exception {
    for (int i = from; i < to; i++) {
      harness.processElement(new StreamRecord<>(new CameraFrame(scene(i))));
    }
  }

  /** A light block that stands and moves by turns, so slowly that only several steps are motion. */
  private Frame scene(int sequence) {
    Frame frame = TestFrames.frame("cam-1", sequence, false, released);
    ByteBuffer bgr = frame.pixels().bgr();
    int left = 100 + Math.max(0, sequence % 30 - 12) / 2;
    for (int y = 150; y < 210; y++) {
      for (int at = 3 * (640 * y + left); at < 3 * (640 * y + left + 80); at++) {
        bgr.put(at, (byte) 200);
      }
    }
    return frame;
  }

  private static List<Long> lookedAt(
      KeyedOneInputStreamOperatorTestHarness<String, CameraRecord, DetectorRecord> harness) {
    List<Long> sequences = new ArrayList<>();
    for (DetectorRecord detected : harness.extractOutputValues()) {
      if (detected instanceof DetectedFrame found) {
        sequences.add(found.frame().sequence());
      }
    }
    return sequences;
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, CameraRecord, DetectorRecord>
      harness() throws Exception {
    MotionGateConfig motion =
        new MotionGateConfig(true, new MotionConfig(10, 0.002, Duration.ofMillis(700)));
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new DetectOperatorFactory(gpu -> new FoundNothing(), motion, 4),
            CameraRecord::cameraId,
            Types.STRING);
    harness.setup(DetectorRecordSerializer.TYPE.createSerializer(new SerializerConfigImpl()));
    return harness;
  }

  private static final class FoundNothing implements FrameDetector {
    @Override
    public CompletableFuture<FrameDetections> detect(Frame frame) {
      return CompletableFuture.completedFuture(TestFrames.found());
    }

    @Override
    public void close() {}
  }
}
