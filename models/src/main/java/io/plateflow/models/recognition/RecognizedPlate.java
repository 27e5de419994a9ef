package io.plateflow.models.recognition;

import io.plateflow.schemas.plate.PlateAttributes;
import io.plateflow.schemas.plate.PlateRead;

/** A plate's text and what else the same picture shows of it. */
public record RecognizedPlate(PlateRead read, PlateAttributes attributes) {}
