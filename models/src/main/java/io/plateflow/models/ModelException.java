package io.plateflow.models;

import org.jspecify.annotations.Nullable;

/** A model that cannot be used, or one that failed on an input it should take. */
public final class ModelException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ModelException(String message) {
    super(message);
  }

  public ModelException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
