package io.plateflow.jobs.detect;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.plateflow.models.motion.MotionConfig;
import io.plateflow.models.motion.MotionGate;
import io.plateflow.schemas.camera.CameraDefinition;
import java.io.Serializable;

/**
 * Whether and when frames in which nothing moved are passed over.
 *
 * @param enabled stills are never passed over
 */
public record MotionGateConfig(boolean enabled, @JsonUnwrapped MotionConfig motion)
    implements Serializable {

  public static final MotionGateConfig DEFAULT = new MotionGateConfig(true, MotionConfig.DEFAULT);

  MotionGate newGate(CameraDefinition camera) {
    return new MotionGate(motion, camera.detectionAreas());
  }
}
