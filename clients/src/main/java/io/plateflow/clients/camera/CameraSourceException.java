package io.plateflow.clients.camera;

/** The camera source cannot do what it was asked to; the message names the camera and why. */
public final class CameraSourceException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public CameraSourceException(String message) {
    super(message);
  }

  public CameraSourceException(String message, Throwable cause) {
    super(message, cause);
  }
}
