package io.plateflow.clients.corrections;

import io.plateflow.schemas.camera.Place;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A pass at an entry or an exit as the tables have it.
 *
 * @param at capture time of the winning read
 * @param listed whether the plate was on a list when it passed
 */
public record PassAtGate(
    String passId,
    Place place,
    String plate,
    Instant at,
    @Nullable String vehicleClass,
    boolean listed) {}
