package io.plateflow.clients.camera.capture;

import io.plateflow.schemas.frame.Pixels;
import io.plateflow.schemas.frame.UnreadableImageException;
import java.time.Instant;

/**
 * A picture that a client came to, not taken yet; it can be taken until the client moves on.
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
    Instant capturedAt,
    String entry,
    boolean still,
    Loader loader) {

  /** Puts the picture into a buffer of the pool, which may have to wait for one. */
  @FunctionalInterface
  public interface Loader {
    Pixels load(PixelPool pool) throws UnreadableImageException, InterruptedException;
  }

  public boolean isLive() {
    return sequence < 0;
  }
}
