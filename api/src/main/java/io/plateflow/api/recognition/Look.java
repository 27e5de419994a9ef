package io.plateflow.api.recognition;

import io.plateflow.models.recognition.RecognizedImage;

/**
 * What a picture shows that was not kept.
 *
 * @param usage of the client, with this one
 */
public record Look(RecognizedImage image, Usage usage) {}
