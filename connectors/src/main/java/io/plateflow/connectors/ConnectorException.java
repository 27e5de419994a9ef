package io.plateflow.connectors;

/** A service could not be reached, started or written to. */
public class ConnectorException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ConnectorException(String message) {
    super(message);
  }

  public ConnectorException(String message, Throwable cause) {
    super(message, cause);
  }
}
