package io.plateflow.clients.camera.capture;

import io.plateflow.clients.camera.CameraPosition;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One connection to one camera. Opened once and called by one thread, except for {@link #abort()}.
 */
public interface CameraClient extends AutoCloseable {

  /**
   * @param from recorded input is continued here where that can be done exactly, and else read from
   *     its beginning; live cameras ignore it
   */
  void open(CameraPosition from) throws IOException;

  /** Waits for the next picture; null at the end. */
  @Nullable GrabbedFrame next() throws IOException;

  /** Pictures skipped so far to catch up with a live camera. */
  default long leftOut() {
    return 0;
  }

  /** Time spent on decoding so far, in nanoseconds. */
  default long decodeNanos() {
    return 0;
  }

  /** How far the last picture of a live camera lagged behind its clock, in milliseconds. */
  default long lagMillis() {
    return 0;
  }

  /** Called by another thread: makes a blocked call throw soon. */
  void abort();

  @Override
  void close();
}
