package io.plateflow.models.gemini;

/** An answer that is not what was asked for. */
final class BadAnswerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BadAnswerException(String message) {
    super(message);
  }

  BadAnswerException(String message, Throwable cause) {
    super(message, cause);
  }
}
