package io.plateflow.clients.evidence;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A picture was not written because the disk is full; trying again at once is of no use. */
public final class StoreFullException extends IOException {

  private static final long serialVersionUID = 1L;

  public StoreFullException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
