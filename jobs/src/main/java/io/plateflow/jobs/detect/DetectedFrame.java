package io.plateflow.jobs.detect;

import io.plateflow.models.engine.FrameDetections;
import io.plateflow.schemas.frame.Frame;

/** A frame with what was found on it. */
public record DetectedFrame(Frame frame, FrameDetections detections) implements DetectorRecord {

  @Override
  public String cameraId() {
    return frame.camera().id();
  }
}
