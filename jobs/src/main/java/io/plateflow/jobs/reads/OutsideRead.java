package io.plateflow.jobs.reads;

import io.plateflow.schemas.pass.VehiclePass;

/**
 * A pass that no camera of the job saw.
 *
 * @param pass has an origin
 * @param recordId within its source
 * @param merges whether it may be one with others of its source
 */
public record OutsideRead(VehiclePass pass, String recordId, boolean merges) {}
