package io.plateflow.schemas.detection;

import org.jspecify.annotations.Nullable;

/**
 * How a plate and a vehicle came together.
 *
 * @param method null where there is no pair
 * @param confidence 0..1; 0 where there is no pair
 * @param ambiguous whether the plate could have been another vehicle's as well
 */
public record Pairing(@Nullable PairingMethod method, double confidence, boolean ambiguous) {}
