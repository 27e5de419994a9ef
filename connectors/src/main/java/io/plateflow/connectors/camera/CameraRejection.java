package io.plateflow.connectors.camera;

import io.plateflow.schemas.frame.RejectedRecord;

/** A picture of a camera that could not be used. */
public record CameraRejection(RejectedRecord rejected) implements CameraRecord {

  @Override
  public String cameraId() {
    return rejected.source();
  }
}
