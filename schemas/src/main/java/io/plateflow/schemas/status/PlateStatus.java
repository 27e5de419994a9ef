package io.plateflow.schemas.status;

import io.plateflow.schemas.plate.PlateText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One version of one entry of the access list. An older version never wins over a newer one.
 *
 * @param plate normalised
 * @param type null where the plate was taken off the lists
 * @param version grows with every change of this plate
 */
public record PlateStatus(
    String plate, @Nullable PlateListType type, long version, Instant changedAt) {

  public PlateStatus {
    if (plate.isEmpty() || !plate.equals(PlateText.normalise(plate))) {
      throw new IllegalArgumentException(
          "Plate of a status: found '%s', expected A-Z and 0-9".formatted(plate));
    }
  }
}
