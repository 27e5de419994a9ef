package io.plateflow.jobs.track;

import io.plateflow.schemas.pass.VehiclePass;

/**
 * What is known of a pass: provisional as soon as its reads agree (and again when they agree on
 * something else), finished once when its track has ended.
 *
 * @param pass not yet matched against the access list
 */
public record PassUpdate(VehiclePass pass, boolean finished) {}
