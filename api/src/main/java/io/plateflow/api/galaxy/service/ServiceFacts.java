package io.plateflow.api.galaxy.service;

import io.plateflow.models.engine.DetectionConfig;
import io.plateflow.models.read.ReaderConfig;
import java.util.function.BooleanSupplier;

/**
 * What the service tells of itself.
 *
 * @param version of Plateflow
 * @param platePadding pixels around a plate in its picture
 * @param well whether everything that it needs answers
 */
public record ServiceFacts(
    String version,
    DetectionConfig detection,
    ReaderConfig reader,
    int platePadding,
    BooleanSupplier well) {}
