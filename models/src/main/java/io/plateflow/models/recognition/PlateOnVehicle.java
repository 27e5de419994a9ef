package io.plateflow.models.recognition;

import io.plateflow.schemas.detection.PairedDetection;
import io.plateflow.schemas.plate.PlateAttributes;
import io.plateflow.schemas.plate.PlateRead;
import org.jspecify.annotations.Nullable;

/**
 * One detection with the text and attributes of its plate.
 *
 * @param read null where there is no plate, or it was not to be read
 * @param attributes null where there is no read
 */
public record PlateOnVehicle(
    PairedDetection detection, @Nullable PlateRead read, @Nullable PlateAttributes attributes) {

  static PlateOnVehicle unread(PairedDetection detection) {
    return new PlateOnVehicle(detection, null, null);
  }

  static PlateOnVehicle of(PairedDetection detection, RecognizedPlate plate) {
    return new PlateOnVehicle(detection, plate.read(), plate.attributes());
  }
}
