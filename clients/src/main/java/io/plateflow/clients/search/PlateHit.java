package io.plateflow.clients.search;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A pass that was found.
 *
 * @param passKey the pass's id in the topics
 * @param localTimestamp ISO 8601 by the clock at the location, with its offset
 * @param plateText null where the pass itself has none
 */
public record PlateHit(
    long sessionId,
    String passKey,
    Instant timestamp,
    String localTimestamp,
    String cameraId,
    String location,
    @Nullable String site,
    @Nullable String plateText,
    @Nullable String plateNumber,
    @Nullable String vehicleClass,
    @Nullable String plateType,
    String plateStatus,
    PlateMatch match) {}
