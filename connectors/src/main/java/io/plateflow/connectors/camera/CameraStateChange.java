package io.plateflow.connectors.camera;

import io.plateflow.schemas.camera.CameraStatus;

/** A camera's state changed. */
public record CameraStateChange(CameraStatus status) implements CameraRecord {

  @Override
  public String cameraId() {
    return status.cameraId();
  }
}
