package io.plateflow.clients.camera.capture;

import io.plateflow.clients.camera.CameraPosition;
import java.io.IOException;

/**
 * One connection to one camera. One thread calls it, but for {@link #abort()}; it is opened once.
 */
public interface CameraClient extends AutoCloseable {

  /**
   * @param from recorded input is continued here where that can be done exactly, and else read from
   *     its beginning; live cameras ignore it
   */
  void open(CameraPosition from) throws IOException;

  /** Waits for the next picture; null at the end. */
  GrabbedFrame next() throws IOException;

  /** Pictures that the client itself has left out so far, to catch up with a live camera. */
  default long leftOut() {
    return 0;
  }

  /** Time that the client has spent on decoding so far, in nanoseconds. */
  default long decodeNanos() {
    return 0;
  }

  /** How far the last picture of a live camera lagged behind its clock, in milliseconds. */
  default long lagMillis() {
    return 0;
  }

  /** Called by another thread: a call that waits ends soon, by an exception. */
  void abort();

  @Override
  void close();
}
