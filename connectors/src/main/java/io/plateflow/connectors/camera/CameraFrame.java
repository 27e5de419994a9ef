package io.plateflow.connectors.camera;

import io.plateflow.schemas.frame.Frame;

/** A camera has taken a picture. */
public record CameraFrame(Frame frame) implements CameraRecord {

  @Override
  public String cameraId() {
    return frame.camera().id();
  }
}
