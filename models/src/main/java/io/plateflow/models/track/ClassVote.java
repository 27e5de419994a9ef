package io.plateflow.models.track;

/** How much a track's frames speak for one vehicle class: the sum of their detection scores. */
public record ClassVote(String vehicleClass, double weight, double bestScore) {}
