package io.plateflow.clients.camera;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a camera has been read. What follows is read next; nothing up to here comes again.
 *
 * @param nextSequence number of the next frame
 * @param lastTimestampMicros of the last frame, from the start of its file; -1 where there is none
 * @param lastEntry name of the last file of a folder, or null
 * @param lastCapturedAt of the last frame, or null; capture times of live cameras never go back
 *     behind it
 * @param nextDueMicros from when on the frame-rate cap lets the next frame pass, in microseconds
 *     since 1970
 * @param frames handed on so far
 * @param rejected so far
 * @param ended whether a file or folder was read to its end
 */
public record CameraPosition(
    long nextSequence,
    long lastTimestampMicros,
    @Nullable String lastEntry,
    @Nullable Instant lastCapturedAt,
    long nextDueMicros,
    long frames,
    long rejected,
    boolean ended) {

  public static final CameraPosition START =
      new CameraPosition(0, -1, null, null, Long.MIN_VALUE, 0, 0, false);

  public CameraPosition {
    if (nextSequence < 0 || frames < 0 || rejected < 0) {
      throw new IllegalArgumentException(
          "Camera position: found sequence %d, frames %d, rejected %d, expected 0 or more"
              .formatted(nextSequence, frames, rejected));
    }
  }

  public CameraPosition asEnded() {
    return new CameraPosition(
        nextSequence,
        lastTimestampMicros,
        lastEntry,
        lastCapturedAt,
        nextDueMicros,
        frames,
        rejected,
        true);
  }
}
