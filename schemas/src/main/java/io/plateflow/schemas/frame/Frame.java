package io.plateflow.schemas.frame;

import io.plateflow.schemas.camera.CameraDefinition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One picture of one camera. It lives inside one task's chain only: pixels are neither sent over
 * the network nor written to a checkpoint.
 *
 * @param camera the camera as configured when the frame was taken
 * @param sequence number of the frame in its source, from 0: the same in every replay of a file or
 *     folder, and counted on for live cameras
 * @param capturedAt when the camera took it: the event time
 * @param receivedAt wall clock when it was decoded here, for measuring latency
 * @param stillName file name of a still, which is a scene of its own; null for a frame of a film
 * @param pixels the picture
 */
public record Frame(
    CameraDefinition camera,
    long sequence,
    Instant capturedAt,
    Instant receivedAt,
    @Nullable String stillName,
    Pixels pixels) {

  /** Whether it is a scene of its own (a folder of stills) rather than part of a film. */
  public boolean still() {
    return stillName != null;
  }
}
