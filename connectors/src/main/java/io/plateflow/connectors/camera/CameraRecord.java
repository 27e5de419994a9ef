package io.plateflow.connectors.camera;

import io.plateflow.schemas.camera.CameraStatus;
import io.plateflow.schemas.frame.Frame;
import io.plateflow.schemas.frame.RejectedRecord;

/**
 * What the camera source emits: a frame, or a frame that could not be used, or a change of a
 * camera's state. Exactly one of the three is not null.
 */
public record CameraRecord(Frame frame, RejectedRecord rejected, CameraStatus status) {

  public CameraRecord {
    int given = (frame == null ? 0 : 1) + (rejected == null ? 0 : 1) + (status == null ? 0 : 1);
    if (given != 1) {
      throw new IllegalArgumentException(
          "Camera record: found %d of frame, rejected and status, expected exactly one"
              .formatted(given));
    }
  }

  public static CameraRecord of(Frame frame) {
    return new CameraRecord(frame, null, null);
  }

  public static CameraRecord of(RejectedRecord rejected) {
    return new CameraRecord(null, rejected, null);
  }

  public static CameraRecord of(CameraStatus status) {
    return new CameraRecord(null, null, status);
  }

  /** The key of the stream. */
  public String cameraId() {
    if (frame != null) {
      return frame.camera().id();
    }
    return rejected != null ? rejected.source() : status.cameraId();
  }
}
