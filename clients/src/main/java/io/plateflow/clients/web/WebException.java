package io.plateflow.clients.web;

import io.plateflow.clients.ClientException;

/**
 * An address is not reached, or not as wanted. The message is fit for whoever gave the address: it
 * tells nothing of networks that he does not see.
 */
public final class WebException extends ClientException {

  private static final long serialVersionUID = 1L;

  WebException(String message) {
    super(message);
  }

  WebException(String message, Throwable cause) {
    super(message, cause);
  }
}
