package io.plateflow.jobs.detect;

import io.plateflow.schemas.camera.CameraStatus;

/** A camera's state changed, after the frames that have left the detector. */
public record DetectorStateChange(CameraStatus status) implements DetectorRecord {

  @Override
  public String cameraId() {
    return status.cameraId();
  }
}
