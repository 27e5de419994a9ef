package io.plateflow.schemas.event;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Bytes that are no event of the expected kind; says what they are and with which fingerprint. */
public final class UnreadableEventException extends IOException {

  private static final long serialVersionUID = 1L;

  UnreadableEventException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
