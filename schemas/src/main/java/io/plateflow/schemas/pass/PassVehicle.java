package io.plateflow.schemas.pass;

import io.plateflow.schemas.geometry.BoundingBox;

/** The vehicle of a pass: its class by vote of its frames, its box in the winning frame. */
public record PassVehicle(String vehicleClass, double score, BoundingBox box) {}
