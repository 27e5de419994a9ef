package io.plateflow.clients.camera.capture;

import io.plateflow.schemas.camera.Rotation;
import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.frame.UnreadableImageException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The current picture of a client; it can be copied until the client advances.
 *
 * @param sequence its number in the file or folder; -1 for live cameras
 * @param timestampMicros from the start of its file, by which it is found again; -1 where its file
 *     gives it none of its own
 * @param capturedAt null for live cameras
 * @param entry its file's name in a folder, or null
 * @param still whether it is a scene of its own
 */
public record GrabbedFrame(
    long sequence,
    long timestampMicros,
    @Nullable Instant capturedAt,
    @Nullable String entry,
    boolean still,
    Loader loader) {

  /** Copies the picture, turned, into a pooled buffer, waiting for one if need be. */
  @FunctionalInterface
  public interface Loader {
    Pixels load(PixelPool pool, Rotation rotation)
        throws UnreadableImageException, InterruptedException;
  }

  public boolean isLive() {
    return sequence < 0;
  }
}
