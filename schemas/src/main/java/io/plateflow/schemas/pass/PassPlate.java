package io.plateflow.schemas.pass;

import io.plateflow.schemas.geometry.BoundingBox;
import io.plateflow.schemas.plate.PlateAttributes;

/**
 * The plate of a pass, as its reads agreed on it.
 *
 * @param text normalised; empty where no read came out
 * @param box in the frame that gave the winning read
 * @param detectionScore of the detector in that frame, 0..1
 * @param readScore of the vote, 0..1
 * @param reads how many pictures were read
 * @param agreeingReads how many of them say {@code text}
 * @param reader the rung that gave the winning read
 */
public record PassPlate(
    String text,
    BoundingBox box,
    double detectionScore,
    double readScore,
    int reads,
    int agreeingReads,
    String reader,
    PlateAttributes attributes) {}
