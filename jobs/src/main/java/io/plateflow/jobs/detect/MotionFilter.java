package io.plateflow.jobs.detect;

import io.plateflow.models.motion.MotionGate;
import io.plateflow.models.motion.MotionReference;
import io.plateflow.schemas.camera.CameraDefinition;
import io.plateflow.schemas.frame.Frame;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * Passes frames over in which nothing moved. What it compares with is keyed state and restored with
 * the rest, or a replay would look at other frames.
 */
final class MotionFilter {

  static final ValueStateDescriptor<MotionReference> MOTION_REFERENCE =
      new ValueStateDescriptor<>("motion-reference", TypeInformation.of(MotionReference.class));

  private final MotionGateConfig config;
  private final ValueState<MotionReference> reference;
  private final Map<String, MotionGate> gates = new HashMap<>();

  MotionFilter(MotionGateConfig config, RuntimeContext context) {
    this.config = config;
    this.reference = context.getState(MOTION_REFERENCE);
  }

  /** Whether the frame of the current key is to be looked at. */
  boolean accepts(Frame frame) throws IOException {
    if (!config.enabled() || frame.still()) {
      return true;
    }
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
            gate != null && gate.areas().equals(camera.detectionAreas())
                ? gate
                : config.newGate(camera));
  }

  /** Forgets the camera, which is the current key. */
  void forget(String camera) {
    reference.clear();
    gates.remove(camera);
  }
}
