package io.plateflow.schemas.camera;

import java.util.Locale;

/** What a camera watches: where vehicles enter, where they leave, or where they only pass. */
public enum GateType {
  ENTRY,
  EXIT,
  PASSAGE;

  /** As written in configuration and tables: {@code entry}, {@code exit}, {@code passage}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
