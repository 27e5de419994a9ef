package io.plateflow.schemas.frame;

/** Bytes that are no picture that can be used; the message says what was found and expected. */
public final class UnreadableImageException extends Exception {

  private static final long serialVersionUID = 1L;

  public UnreadableImageException(String message) {
    super(message);
  }

  public UnreadableImageException(String message, Throwable cause) {
    super(message, cause);
  }
}
