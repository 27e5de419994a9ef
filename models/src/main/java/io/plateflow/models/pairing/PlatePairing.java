package io.plateflow.models.pairing;

import io.plateflow.schemas.detection.Detection;
import io.plateflow.schemas.detection.PairedDetection;
import java.util.List;

/** Gives plates to vehicles. */
public final class PlatePairing {

  private PlatePairing() {}

  public static List<PairedDetection> pair(List<Detection> vehicles, List<Detection> plates) {
    throw new UnsupportedOperationException();
  }
}
