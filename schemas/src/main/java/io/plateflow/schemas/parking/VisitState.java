package io.plateflow.schemas.parking;

import java.util.Locale;

/** How a visit stands. */
public enum VisitState {
  /** Came in, not seen to leave. */
  OPEN,
  /** Came in and left. */
  CLOSED,
  /** Left without having been seen to come in. */
  MISSED_ENTRY,
  /** Came in and must have left unseen: it came in again, or stayed longer than anyone may. */
  MISSED_EXIT;

  /** As written in tables and events: {@code open}, {@code closed}, {@code missed_entry}, ... */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
