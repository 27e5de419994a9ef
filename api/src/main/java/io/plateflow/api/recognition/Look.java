package io.plateflow.api.recognition;

/**
 * What was made of a picture that was not kept.
 *
 * @param usage of the client, with this one
 */
public record Look<T>(T made, Usage usage) {}
