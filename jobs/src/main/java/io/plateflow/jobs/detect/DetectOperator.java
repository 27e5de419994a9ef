package io.plateflow.jobs.detect;

import io.plateflow.connectors.camera.CameraFrame;
import io.plateflow.connectors.camera.CameraRecord;
import io.plateflow.connectors.camera.CameraRejection;
import io.plateflow.connectors.camera.CameraStateChange;
import io.plateflow.jobs.metrics.Counters;
import io.plateflow.jobs.pass.SideOutputs;
import io.plateflow.models.engine.FrameDetections;
import io.plateflow.schemas.camera.CameraStatus;
import io.plateflow.schemas.frame.Frame;
import io.plateflow.schemas.frame.RejectedRecord;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Sends frames through the shared inference engine and emits them in order with what was found.
 * Keyed by camera.
 *
 * <p>Several frames are in flight at once, so that the engine can batch over cameras. They are
 * never part of a checkpoint: before a barrier passes, all of them are finished and emitted.
 */
final class DetectOperator extends AbstractStreamOperator<DetectorRecord>
    implements OneInputStreamOperator<CameraRecord, DetectorRecord>, BoundedOneInput {

  private static final long serialVersionUID = 1L;

  /** Names used by Flink's GPU driver. */
  private static final String GPU_RESOURCE = "gpu";

  private static final String GPU_INDEX = "index";

  /** An element to be emitted in order: a frame in the engine, a state change, or a watermark. */
  private sealed interface Pending {
    default boolean isReady() {
      return true;
    }
  }

  private record PendingFrame(
      Frame frame, CompletableFuture<FrameDetections> found, long begunNanos) implements Pending {
    @Override
    public boolean isReady() {
      return found.isDone();
    }
  }

  private record PendingStatus(CameraStatus status) implements Pending {}

  private record PendingMark(Watermark mark) implements Pending {}

  private final FrameDetector.Factory detectors;
  private final MotionGateConfig motion;
  private final int capacity;
  private final transient MailboxExecutor mailbox;

  private transient FrameDetector detector;
  private transient Queue<Pending> pending;
  private transient MotionFilter filter;
  private transient CameraProgress progress;
  private transient int inFlight;
  private transient LongCounter frames;
  private transient LongCounter rejected;
  private transient DetectMetrics metrics;

  DetectOperator(
      StreamOperatorParameters<DetectorRecord> parameters,
      FrameDetector.Factory detectors,
      MotionGateConfig motion,
      int capacity) {
    super(parameters);
    this.detectors = detectors;
    this.motion = motion;
    this.capacity = capacity;
    this.mailbox = parameters.getMailboxExecutor();
  }

  @Override
  public void open() throws Exception {
    super.open();
    detector = detectors.open(gpuIndex());
    pending = new ArrayDeque<>();
    filter = new MotionFilter(motion, getRuntimeContext());
    progress = new CameraProgress(getRuntimeContext());
    frames = getRuntimeContext().getLongCounter(Counters.FRAMES);
    rejected = getRuntimeContext().getLongCounter(Counters.REJECTED);
    metrics = new DetectMetrics(getMetricGroup(), () -> inFlight, detector::waiting);
  }

  private OptionalInt gpuIndex() {
    return getRuntimeContext().getExternalResourceInfos(GPU_RESOURCE).stream()
        .flatMap(gpu -> gpu.getProperty(GPU_INDEX).stream())
        .mapToInt(Integer::parseInt)
        .min();
  }

  @Override
  public void processElement(StreamRecord<CameraRecord> element) throws Exception {
    CameraRecord record = element.getValue();
    if (record instanceof CameraRejection rejection) {
      reject(rejection.rejected());
    } else if (record instanceof CameraStateChange change) {
      CameraStatus status = change.status();
      if (status.state() == CameraStatus.State.ENDED) {
        filter.forget(status.cameraId());
        progress.forget(status.cameraId());
      }
      output.collect(SideOutputs.CAMERAS, new StreamRecord<>(status));
      enqueue(new PendingStatus(status));
    } else if (record instanceof CameraFrame taken) {
      detect(taken.frame());
    }
  }

  private void detect(Frame frame) throws Exception {
    metrics.onFrame(frame.camera().id());
    frames.add(1);
    progress
        .onFrame(frame)
        .ifPresent(report -> output.collect(SideOutputs.CAMERAS, new StreamRecord<>(report)));
    if (!filter.accepts(frame)) {
      metrics.withoutMotion(frame.camera().id());
      frame.pixels().release();
      return;
    }
    while (inFlight >= capacity) {
      mailbox.yield();
    }
    inFlight++;
    long begun = System.nanoTime();
    CompletableFuture<FrameDetections> found = detector.detect(frame);
    enqueue(new PendingFrame(frame, found, begun));
    if (!found.isDone()) {
      found.whenComplete((r, e) -> mailbox.execute(this::emitReady, "emit detected frames"));
    }
  }

  private void enqueue(Pending item) {
    pending.add(item);
    emitReady();
  }

  private void emitReady() {
    while (!pending.isEmpty() && pending.peek().isReady()) {
      emit(pending.poll());
    }
  }

  private void emit(Pending item) {
    if (item instanceof PendingMark watermark) {
      output.emitWatermark(watermark.mark());
    } else if (item instanceof PendingStatus change) {
      output.collect(new StreamRecord<>(new DetectorStateChange(change.status())));
    } else if (item instanceof PendingFrame detected) {
      inFlight--;
      emitFrame(detected.frame(), detected.found(), detected.begunNanos());
    }
  }

  private void emitFrame(Frame frame, CompletableFuture<FrameDetections> found, long begunNanos) {
    if (found.isCompletedExceptionally()) {
      metrics.failed(frame.camera().id());
      reject(
          new RejectedRecord(
              frame.camera().id(),
              frame.sequence(),
              "frame",
              "Cannot detect: " + failure(found),
              Instant.now()));
      frame.pixels().release();
      return;
    }
    FrameDetections detections = found.join();
    metrics.detected(detections, System.nanoTime() - begunNanos);
    output.collect(
        new StreamRecord<>(
            new DetectedFrame(frame, detections), frame.capturedAt().toEpochMilli()));
  }

  private static String failure(CompletableFuture<FrameDetections> found) {
    return found.handle((r, e) -> e.getCause() == null ? e : e.getCause()).join().toString();
  }

  private void reject(RejectedRecord record) {
    rejected.add(1);
    metrics.rejected(record.kind());
    output.collect(SideOutputs.REJECTED, new StreamRecord<>(record));
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    // Behind the frames it came after, so that none of them turns late by waiting in the engine.
    enqueue(new PendingMark(mark));
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    drain();
  }

  @Override
  public void endInput() throws Exception {
    drain();
  }

  private void drain() throws Exception {
    while (!pending.isEmpty()) {
      emitReady();
      if (!pending.isEmpty()) {
        mailbox.yield();
      }
    }
  }

  @Override
  public void close() throws Exception {
    if (detector != null) {
      detector.close();
    }
    super.close();
  }
}
