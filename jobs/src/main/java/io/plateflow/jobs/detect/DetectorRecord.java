package io.plateflow.jobs.detect;

/** What leaves the detector, in the order of the camera. It lives inside the chain only. */
public sealed interface DetectorRecord permits DetectedFrame, DetectorStateChange {

  /** The key of the stream. */
  String cameraId();
}
