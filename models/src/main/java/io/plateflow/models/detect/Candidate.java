package io.plateflow.models.detect;

import io.plateflow.schemas.geometry.BoundingBox;

/**
 * A box that a model proposes.
 *
 * @param label class number
 * @param box in pixels of the frame
 */
public record Candidate(int label, double score, BoundingBox box) {}
