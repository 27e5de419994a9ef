package io.plateflow.jobs.detect;

import io.plateflow.connectors.camera.CameraFrame;
import io.plateflow.connectors.camera.CameraRecord;
import io.plateflow.connectors.camera.CameraRejection;
import io.plateflow.connectors.camera.CameraStateChange;
import io.plateflow.jobs.metrics.Counters;
import io.plateflow.jobs.pass.SideOutputs;
import io.plateflow.models.engine.FrameDetections;
import io.plateflow.models.motion.MotionGate;
import io.plateflow.models.motion.MotionReference;
import io.plateflow.schemas.camera.CameraDefinition;
import io.plateflow.schemas.camera.CameraStatus;
import io.plateflow.schemas.frame.Frame;
import io.plateflow.schemas.frame.RejectedRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Sends frames through the shared inference engine and emits them in order with what was found.
 * Keyed by camera: what the motion gate compares with is restored with the rest, or a replay would
 * look at other frames.
 *
 * <p>Several frames are under way at once, so that the engine can batch over cameras. They are
 * never part of a checkpoint: before a barrier passes, all of them are finished and emitted.
 */
final class DetectOperator extends AbstractStreamOperator<DetectorRecord>
    implements OneInputStreamOperator<CameraRecord, DetectorRecord>, BoundedOneInput {

  private static final long serialVersionUID = 1L;

  /** Names that Flink's GPU driver uses. */
  private static final String GPU_RESOURCE = "gpu";

  private static final String GPU_INDEX = "index";
  private static final Duration PROGRESS_EVERY = Duration.ofSeconds(1);

  static final ValueStateDescriptor<MotionReference> MOTION_REFERENCE =
      new ValueStateDescriptor<>("motion-reference", TypeInformation.of(MotionReference.class));

  /** Frames of the camera so far. */
  static final ValueStateDescriptor<Long> FRAMES_SO_FAR =
      new ValueStateDescriptor<>("frames-so-far", Types.LONG);

  /** What waits its turn: a frame in the engine, a state change, or a watermark. */
  private record Pending(
      Frame frame,
      CompletableFuture<FrameDetections> found,
      long begunNanos,
      CameraStatus status,
      Watermark mark) {
    boolean isReady() {
      return found == null || found.isDone();
    }
  }

  private final FrameDetector.Factory detectors;
  private final MotionGateConfig motion;
  private final int capacity;
  private final transient MailboxExecutor mailbox;

  private transient FrameDetector detector;
  private transient Queue<Pending> pending;
  private transient ValueState<MotionReference> reference;
  private transient ValueState<Long> framesSoFar;
  private transient Map<String, MotionGate> gates;
  private transient Map<String, Instant> lastProgress;
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
    reference = getRuntimeContext().getState(MOTION_REFERENCE);
    framesSoFar = getRuntimeContext().getState(FRAMES_SO_FAR);
    gates = new HashMap<>();
    lastProgress = new HashMap<>();
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
        forget(status.cameraId());
      }
      output.collect(SideOutputs.CAMERAS, new StreamRecord<>(status));
      enqueue(new Pending(null, null, 0, status, null));
    } else if (record instanceof CameraFrame taken) {
      detect(taken.frame());
    }
  }

  private void detect(Frame frame) throws Exception {
    metrics.frame(frame.camera().id());
    frames.add(1);
    reportProgress(frame);
    if (motion.enabled() && !frame.still() && !moved(frame)) {
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
    enqueue(new Pending(frame, found, begun, null, null));
    if (!found.isDone()) {
      found.whenComplete((r, e) -> mailbox.execute(this::emitReady, "emit detected frames"));
    }
  }

  private boolean moved(Frame frame) throws Exception {
    MotionReference before = reference.value();
    MotionReference after = gate(frame.camera()).look(before, frame.pixels(), frame.capturedAt());
    if (after == before) {
      return false;
    }
    reference.update(after);
    return true;
  }

  private MotionGate gate(CameraDefinition camera) {
    // The areas of a camera may be changed while it runs.
    return gates.compute(
        camera.id(),
        (id, gate) ->
            gate != null && gate.areas().equals(camera.areas()) ? gate : motion.newGate(camera));
  }

  private void forget(String camera) {
    reference.clear();
    framesSoFar.clear();
    gates.remove(camera);
    lastProgress.remove(camera);
  }

  private void reportProgress(Frame frame) throws Exception {
    String camera = frame.camera().id();
    Long before = framesSoFar.value();
    long count = before == null ? 1 : before + 1;
    framesSoFar.update(count);
    Instant last = lastProgress.get(camera);
    if (last == null || !frame.receivedAt().isBefore(last.plus(PROGRESS_EVERY))) {
      lastProgress.put(camera, frame.receivedAt());
      output.collect(
          SideOutputs.CAMERAS,
          new StreamRecord<>(
              new CameraStatus(
                  camera, CameraStatus.State.UP, "frames", frame.receivedAt(), count)));
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
    if (item.mark() != null) {
      output.emitWatermark(item.mark());
    } else if (item.status() != null) {
      output.collect(new StreamRecord<>(new DetectorStateChange(item.status())));
    } else {
      inFlight--;
      emitFrame(item.frame(), item.found(), item.begunNanos());
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
    enqueue(new Pending(null, null, 0, null, mark));
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
