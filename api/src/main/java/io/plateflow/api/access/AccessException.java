package io.plateflow.api.access;

import org.jspecify.annotations.Nullable;

/** Who may do what is not changed as asked. */
public final class AccessException extends Exception {

  private static final long serialVersionUID = 1L;

  private final @Nullable String field;

  /**
   * @param field that is wrong; null where the change cannot be made although all are right
   */
  AccessException(@Nullable String field, String message) {
    super(message);
    this.field = field;
  }

  public @Nullable String field() {
    return field;
  }
}
