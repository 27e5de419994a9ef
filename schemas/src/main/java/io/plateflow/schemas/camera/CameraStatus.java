package io.plateflow.schemas.camera;

import java.time.Instant;

/**
 * A camera's state changed. After a recovery the state is told again.
 *
 * @param reason why it is down or has ended early; empty otherwise; holds no credentials
 * @param at wall clock of the change
 * @param framesSoFar frames that the source has handed on, recoveries included
 */
public record CameraStatus(
    String cameraId, State state, String reason, Instant at, long framesSoFar) {

  /** Whether frames come. */
  public enum State {
    CONNECTING,
    UP,
    /** Lost or out of reach; tried again with backoff, forever. */
    DOWN,
    /** A file or folder was read to its end, or cannot be read in a run that has to end. */
    ENDED
  }
}
