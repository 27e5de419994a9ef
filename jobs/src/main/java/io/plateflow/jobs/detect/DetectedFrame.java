package io.plateflow.jobs.detect;

import io.plateflow.models.engine.FrameDetections;
import io.plateflow.schemas.camera.CameraStatus;
import io.plateflow.schemas.frame.Frame;

/**
 * Output of the detector: a frame with its detections, or a change of a camera's state, in the
 * order of the camera. It never leaves the operator chain. @param frame null for a change of
 * state @param detections null for a change of state @param status null for a frame
 */
public record DetectedFrame(
    String cameraId, Frame frame, FrameDetections detections, CameraStatus status) {

  public static DetectedFrame of(Frame frame, FrameDetections detections) {
    return new DetectedFrame(frame.camera().id(), frame, detections, null);
  }

  public static DetectedFrame of(CameraStatus status) {
    return new DetectedFrame(status.cameraId(), null, null, status);
  }
}
