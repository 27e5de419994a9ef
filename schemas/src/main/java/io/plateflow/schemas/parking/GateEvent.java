package io.plateflow.schemas.parking;

import java.time.Instant;

/**
 * The entry or the exit of a visit.
 *
 * @param passId of the pass that showed it
 * @param plate as read there, normalised
 * @param at capture time
 * @param timezone of the place, IANA name
 */
public record GateEvent(
    String passId, String plate, Instant at, String location, String timezone, String cameraId) {}
