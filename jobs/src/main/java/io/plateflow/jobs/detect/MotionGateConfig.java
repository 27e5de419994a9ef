package io.plateflow.jobs.detect;

import io.plateflow.models.motion.MotionConfig;
import io.plateflow.models.motion.MotionGate;
import io.plateflow.schemas.camera.CameraDefinition;
import java.io.Serializable;

/**
 * Whether and when frames in which nothing moved are passed over.
 *
 * @param enabled stills are never passed over
 */
public record MotionGateConfig(boolean enabled, MotionConfig motion) implements Serializable {

  MotionGate newGate(CameraDefinition camera) {
    return new MotionGate(motion, camera.areas());
  }
}
