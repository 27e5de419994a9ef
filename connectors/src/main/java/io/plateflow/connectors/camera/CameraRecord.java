package io.plateflow.connectors.camera;

/** What the camera source emits. */
public sealed interface CameraRecord permits CameraFrame, CameraRejection, CameraStateChange {

  /** The key of the stream. */
  String cameraId();
}
