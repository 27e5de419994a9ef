package io.plateflow.api.access;

/** A credential is missing, wrong, or not enough. */
public final class DeniedException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Reason {
    MISSING,
    WRONG,
    LOCKED,
    RATE,
    CONCURRENCY
  }

  private final Reason reason;

  DeniedException(Reason reason) {
    super(reason.name());
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
