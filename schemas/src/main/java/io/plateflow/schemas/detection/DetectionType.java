package io.plateflow.schemas.detection;

import java.util.Locale;

/** What was seen together. */
public enum DetectionType {
  VEHICLE_WITH_PLATE,
  VEHICLE_WITHOUT_PLATE,
  PLATE_WITHOUT_VEHICLE;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
