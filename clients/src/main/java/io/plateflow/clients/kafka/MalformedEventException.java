package io.plateflow.clients.kafka;

/** Why a record of a topic is no event: what was found and what was expected. */
public final class MalformedEventException extends Exception {

  private static final long serialVersionUID = 1L;

  public MalformedEventException(String message) {
    super(message);
  }

  public MalformedEventException(String message, Throwable cause) {
    super(message, cause);
  }
}
