package io.plateflow.schemas.event;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Bytes or JSON that are no event of the expected kind; says what was found and expected. */
public final class UnreadableEventException extends IOException {

  private static final long serialVersionUID = 1L;

  UnreadableEventException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
