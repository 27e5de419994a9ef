package io.plateflow.schemas.status;

import java.util.Locale;

/** The list a plate is on. */
public enum PlateListType {
  WHITELIST,
  BLACKLIST;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
