package io.plateflow.clients.camera;

/** A failure of the camera source; the message names the camera and the reason. */
public final class CameraSourceException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public CameraSourceException(String message) {
    super(message);
  }

  public CameraSourceException(String message, Throwable cause) {
    super(message, cause);
  }
}
