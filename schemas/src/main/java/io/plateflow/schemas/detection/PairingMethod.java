package io.plateflow.schemas.detection;

import java.util.Locale;

/** How a plate was given to a vehicle. */
public enum PairingMethod {
  /** The plate lies within the vehicle. */
  CONTAINMENT,
  /** They share a part. */
  OVERLAP;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
