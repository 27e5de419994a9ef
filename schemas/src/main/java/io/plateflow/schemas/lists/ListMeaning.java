package io.plateflow.schemas.lists;

import java.util.Locale;

/**
 * What it means that a plate is on a list, the strictest first: where a plate is on several lists,
 * that one decides.
 */
public enum ListMeaning {
  /** Must not enter; raises an alert. */
  DENY,
  /** Is looked for; raises an alert. */
  ALERT,
  /** May enter. */
  ALLOW,
  /** Is known, and nothing follows from it. */
  INFORM,
  /** Is of no interest; does not count as listed where plates are hidden. */
  IGNORE;

  /** As written in events and tables: {@code deny}, {@code alert}, ... */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a hit raises an alert. */
  public boolean raisesAlert() {
    return this == DENY || this == ALERT;
  }
}
