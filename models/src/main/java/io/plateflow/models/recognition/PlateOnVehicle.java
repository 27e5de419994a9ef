package io.plateflow.models.recognition;

import io.plateflow.schemas.detection.PairedDetection;
import io.plateflow.schemas.plate.PlateAttributes;
import io.plateflow.schemas.plate.PlateRead;

/**
 * One detection with what its plate says.
 *
 * @param read null where there is no plate
 * @param attributes null where there is no plate
 */
public record PlateOnVehicle(
    PairedDetection detection, PlateRead read, PlateAttributes attributes) {}
