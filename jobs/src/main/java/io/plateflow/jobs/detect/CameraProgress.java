package io.plateflow.jobs.detect;

import io.plateflow.schemas.camera.CameraStatus;
import io.plateflow.schemas.frame.Frame;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;

/** Counts the frames of each camera in keyed state, and reports the count about once a second. */
final class CameraProgress {

  private static final Duration REPORT_EVERY = Duration.ofSeconds(1);

  /** Frames of the camera so far. */
  static final ValueStateDescriptor<Long> FRAMES_SO_FAR =
      new ValueStateDescriptor<>("frames-so-far", Types.LONG);

  private final ValueState<Long> framesSoFar;
  private final Map<String, Instant> lastReport = new HashMap<>();

  CameraProgress(RuntimeContext context) {
    this.framesSoFar = context.getState(FRAMES_SO_FAR);
  }

  /** Counts a frame of the current key; returns a report when one is due. */
  Optional<CameraStatus> onFrame(Frame frame) throws IOException {
    String camera = frame.camera().id();
    Long before = framesSoFar.value();
    long count = before == null ? 1 : before + 1;
    framesSoFar.update(count);
    Instant last = lastReport.get(camera);
    if (last != null && frame.receivedAt().isBefore(last.plus(REPORT_EVERY))) {
      return Optional.empty();
    }
    lastReport.put(camera, frame.receivedAt());
    return Optional.of(
        new CameraStatus(camera, CameraStatus.State.UP, "frames", frame.receivedAt(), count));
  }

  /** Forgets the camera, which is the current key. */
  void forget(String camera) {
    framesSoFar.clear();
    lastReport.remove(camera);
  }
}
